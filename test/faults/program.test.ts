/** What goes wrong in a program: each fixture's report, word for word. */
import { expect, test } from "vitest";
import { programCases, stable } from "./program-cases.ts";
import { report } from "./report.ts";

test.each(programCases)("%s", async (fixture, text) => {
  const seen = await report(fixture);
  expect(stable(seen.console)).toBe(`${text}\n`);
  expect(seen.state).toBe("failed");
});

test("wild-index: an unchecked index before its array leads nowhere", async () => {
  const { console, state } = await report("wild-index");
  // Where the array lies depends on the SDK's data.
  expect(console).toMatch(
    /^\*\*\* wild access: the program has no memory at 0x3ff48[0-9a-f]{4}\n {4}at StaticArray<u32>\.__uget .*\n {4}at take \(main\.ts:6:10\)\n/,
  );
  expect(state).toBe("failed");
});
