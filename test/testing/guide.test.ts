/** docs/testing.md: what it shows is real, and works. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCommand } from "../../scripts/cli/commands.ts";
import { packageRoot } from "../../scripts/root.ts";
import type { TestSummary } from "../../scripts/testing/report.ts";
import { jhInmate } from "../cli/cli.ts";

const fixtures = "test/fixtures/testing";
const read = (file: string) => readFileSync(join(packageRoot, file), "utf8");
const guide = read("docs/testing.md");
/** Language and text of each block. */
const blocks = [...guide.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));

test("its program and tests are the fixture's", () => {
  const code = blocks.filter(({ language }) => language !== "sh").map(({ text }) => text);
  // Without the comment at its head.
  const byNode = read(`${fixtures}/by-node.mjs`).replace(/^\/\/.*\n/, "");
  expect(code).toEqual([read(`${fixtures}/countdown/main.ts`), read(`${fixtures}/countdown/main.test.ts`), byNode]);
});

test("its commands have the flags that they show", async () => {
  const { args } = await loadCommand("test");
  const known = Object.entries(args).flatMap(([name, arg]) => [
    `--${name}`,
    ...("alias" in arg ? [`-${arg.alias}`] : []),
  ]);
  const used = blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text?.match(/ --?[a-z]+/g) ?? []);
  expect(used.length).toBe(7);
  for (const flag of used) expect(known).toContain(flag.trim());
});

test("its lines are counted", async () => {
  const { code, stdout } = await jhInmate(["test", `${fixtures}/countdown`, "--coverage", "-t", "a mistake"]);
  expect(stdout).toMatch(/^main\.ts +\d\d\.\d % +8, /m);
  expect(read(`${fixtures}/countdown/coverage/lcov.info`)).toMatch(/^DA:6,1$/m);
  expect(code).toBe(0);
});

describe("the fixture", () => {
  test.for(["sim", "cellbox"])("passes on %s", async (on) => {
    const { code, stdout } = await jhInmate(["test", `${fixtures}/countdown`, "--on", on, "--json"]);
    expect((JSON.parse(stdout) as TestSummary).results.map(({ state, message }) => message ?? state)).toEqual([
      "passed",
      "passed",
      "passed",
    ]);
    expect(code).toBe(0);
  });
});
