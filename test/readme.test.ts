import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../scripts/root.ts";

const read = (file: string) => readFileSync(join(packageRoot, file), "utf8");

test("the README shows the demo as it is", () => {
  expect(read("README.md").split("\n```")).toContain(`ts\n${read("demos/gic-demo/main.ts").trimEnd()}`);
});

test("the CI runs the README's test command", () => {
  expect(read(".ci/run")).toMatch(/^exec npm test$/m);
});
