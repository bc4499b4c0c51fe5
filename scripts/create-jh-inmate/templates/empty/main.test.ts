import { startInmate } from "jh-inmate/test";
import { expect, test } from "vitest";

test("says hello, and shuts down when it is asked to", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line("Hello from a cell!");
  expect(await cell.shutdown()).toBe("accepted");
});
