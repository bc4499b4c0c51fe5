/** What goes wrong in a program: each fixture's report, word for word. */
import { expect, test } from "vitest";
import { programCases, stable } from "./program-cases.ts";
import { report } from "./report.ts";

test.each(programCases)("%s", async (fixture, text) => {
  const seen = await report(fixture);
  expect(stable(seen.console)).toBe(`${text}\n`);
  expect(seen.state).toBe("failed");
});
