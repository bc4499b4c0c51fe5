import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hintFor } from "./hints.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The causes of the SDK, with what stands for values cut off. */
const causes = [...read("sdk/fault-kinds.ts").matchAll(/^ {2,4}"([^%"\\]+)/gm)].map(([, cause]) => cause as string);

test("there are causes", () => expect(causes.length).toBeGreaterThan(15));

test.each(causes)("%s: is explained in docs/faults.md", (cause) => {
  expect(read("docs/faults.md")).toContain(cause.trimEnd().replace(/:$/, ""));
});

test.each(causes.filter((cause) => !cause.startsWith("unexpected exception")))("%s: has a hint", (cause) => {
  expect(hintFor(`*** ${cause}0x10`)).toMatch(/\w/);
  expect(hintFor(`*** CPU 3: ${cause}0x10`)).toBe(hintFor(`*** ${cause}0x10`));
});

test("other lines have none", () => {
  expect(hintFor("division by zero")).toBeUndefined();
  expect(hintFor("*** there is no door 1")).toBeUndefined();
});
