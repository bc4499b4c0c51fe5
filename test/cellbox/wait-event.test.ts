import { expect, test } from "vitest";
import { runInmate, values } from "./inmate.ts";

test("WFE sleeps until the next event of the event stream", async () => {
  const result = await runInmate("wfe", { icount: true });
  expect(result.outcome.states).toEqual(["shut down"]);
  const events = Number(values(result).events);
  const expected = (2 * 62_500_000) / 2 ** 16;
  expect(Math.abs(events - expected)).toBeLessThan(5);
});
