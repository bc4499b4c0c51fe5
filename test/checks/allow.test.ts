import { describe, expect, test } from "vitest";
import { Allowances } from "../../scripts/checks/allow.ts";

const allowances = (text: string) =>
  new Allowances({ sources: ["main.ts", "~lib/x.ts"], sourcesContent: [text, "// jh-allow nonsense"], mappings: "" });

describe("jh-allow", () => {
  test("is for its own line, or for the next that is no comment", () => {
    const found = allowances("f(); // jh-allow wait: one\n// jh-allow stack: two\n// of the board\ng();\nh();");
    expect(found.list).toEqual([
      { what: "wait", where: "main.ts:1", reason: "one" },
      { what: "stack", where: "main.ts:2", reason: "two" },
    ]);
    const lines = (what: "wait" | "stack") =>
      [1, 2, 3, 4, 5].filter((line) => found.has(what, { file: "main.ts", line }));
    expect(lines("wait")).toEqual([1]);
    expect(lines("stack")).toEqual([2, 4]);
    expect(found.has("wait", { file: "other.ts", line: 1 })).toBe(false);
  });

  const known = "write one of allocation, recursion, stack, wait, then a colon and the reason";
  test.for<[line: string, message: string]>([
    ["// jh-allow everything: why not", `main.ts:1: jh-allow "everything" is unknown; ${known}`],
    ["// jh-allow stak: why not", `main.ts:1: jh-allow "stak" is unknown (did you mean "stack"?); ${known}`],
    ["// jh-allow: no word", `main.ts:1: jh-allow does not say what; ${known}`],
    [
      "f(); // jh-allow stack:  ",
      "main.ts:1: jh-allow stack has no reason; write // jh-allow stack: and why it cannot go wrong here",
    ],
  ])("%s", ([line, message]) => {
    expect(() => allowances(line)).toThrow(message);
  });
});
