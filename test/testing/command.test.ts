/** `jh-inmate test`, as users call it. */
import { execFile } from "node:child_process";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import type { TestSummary } from "../../scripts/testing/report.ts";
import { folder, jhInmate } from "../cli/cli.ts";
import { startDev } from "../dev/session.ts";

const talker = "test/fixtures/testing/talker";

async function json(...args: string[]) {
  const { code, stdout, stderr } = await jhInmate(["test", "--json", ...args]);
  return { code, stderr, summary: JSON.parse(stdout) as TestSummary & { exit: number } };
}

/** A copy of the talker with another main.ts or test, in a folder that knows the package. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await folder();
  await cp(join(packageRoot, talker), dir, { recursive: true, filter: (file) => !file.includes("/dist") });
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

const COMES_UP = `import { test } from "vitest";
import { startInmate } from "jh-inmate/test";
test("comes up", async () => {
  const cell = await startInmate(import.meta.dirname);
  await cell.line("up", { within: 300 });
});
`;

test("tells of each test, in words and as JSON", async () => {
  const words = await jhInmate(["test", talker]);
  const { code, summary } = await json(talker);
  expect(words.code).toBe(1);
  expect(words.stdout).toContain("1 failed");
  expect(words.stderr).toContain("expected 'tick 1' to be 'tick one'");
  expect(words.stderr).toContain("main.test.ts:11:35\n");
  expect(code).toBe(1);
  expect(summary).toEqual({
    on: "sim",
    tests: 3,
    passed: 1,
    failed: 1,
    skipped: 1,
    errors: [],
    results: [
      { name: "comes up", file: "main.test.ts", state: "passed", duration: expect.any(Number) },
      {
        name: "says a number",
        file: "main.test.ts",
        state: "failed",
        duration: expect.any(Number),
        message: expect.stringContaining("expected 'tick 1' to be 'tick one'"),
      },
      { name: "is left out", file: "main.test.ts", state: "skipped", duration: 0 },
    ],
    exit: 1,
  });
});

test("-t chooses tests by name, --on where they run, --board the board of those that name none", async () => {
  const { code, summary } = await json(talker, "-t", "comes", "--board", "qemu-x86", "--on", "cellbox");
  expect([code, summary]).toMatchObject([0, { on: "cellbox", passed: 1, skipped: 2 }]);
});

test("--engine wasm3 interprets them: the stock cell has too little RAM for that", async () => {
  const { code, summary } = await json(talker, "--board", "qemu-arm64", "--on", "cellbox", "--engine", "wasm3");
  expect(code).toBe(2);
  expect(summary.buildError).toMatch(
    /^talker needs \d+ KiB of RAM, but cell \S+ gives 64 KiB: give the cell more: ram: /,
  );
});

test("a project needs neither configuration nor vitest nor this package of its own", async () => {
  const { code, summary, stderr } = await json(await project({ "main.test.ts": COMES_UP }));
  expect([code, summary.passed, stderr]).toEqual([0, 1, ""]);
});

test("a program that does not build is exit code 2 and a build error", async () => {
  const broken = 'import { console } from "jh-inmate";\nconsole.lag("up");\n';
  const dir = await project({ "main.ts": broken, "main.test.ts": COMES_UP });
  const { code, summary } = await json(dir);
  expect(code).toBe(2);
  expect(summary).toMatchObject({ tests: 1, failed: 1, exit: 2 });
  const [first, ...frame] = summary.buildError?.split("\n") ?? [];
  expect(first).toMatch(/^main\.ts:2:9: Property 'lag' does not exist/);
  expect(frame).toEqual(['  2 | console.lag("up");', "              ^^^"]);
});

test("--watch runs the tests again when the program changes, which they do not import", async () => {
  const main = (text: string) => `import { console } from "jh-inmate";\nconsole.log("${text}");\n`;
  const files = { "main.ts": main("down"), "main.test.ts": COMES_UP };
  const watching = await startDev({ files, command: "test", args: ["--watch", "--board", "qemu-arm64"] });
  await watching.sees('no line matched "up" before the cell ended');
  await watching.sees(/Tests {2}1 failed[\s\S]*Watching for file changes/);
  await watching.put("main.ts", main("up"));
  await watching.sees(/Tests {2}1 passed/);
});

test("a test file that does not load is told of", async () => {
  const { code, summary } = await json(await project({ "main.test.ts": 'throw new Error("not today");\n' }));
  expect(code).toBe(1);
  expect(summary).toMatchObject({ tests: 0, errors: ["not today"], exit: 1 });
});

test("what the cell printed is in the message of a test that waited in vain", async () => {
  const dir = await project({ "main.test.ts": COMES_UP.replace('"up"', '"down"') });
  const { summary } = await json(dir);
  expect(summary.results[0]?.message).toMatch(
    /no line matched "down" within 300 ms; the cell is running\nIts console:\n {2}\| up/,
  );
});

test.for([
  ["nowhere", "nowhere: there is no such folder"],
  ["README.md", "README.md: test takes a folder with tests"],
  ["boards/hikey", "boards/hikey has no tests: write a main.test.ts, as docs/testing.md shows"],
  [`${talker} -t nothing`, "-t nothing: no test has such a name"],
  ["--on ssh:root@board", "--on ssh:root@board is not for tests: give sim or cellbox"],
  ["--engine wasm3", "--engine is for cellbox, the simulator is one: add --on cellbox"],
  ["--on cellbox --engine v8", "--engine v8 is unknown: give aot or wasm3, or leave it out"],
  ["--json --watch", "--json is for one run: leave out --watch"],
  ["--bord hikey", "test has no flag --bord: did you mean --board?"],
  ["--board hikei", /^there is no board "hikei" \(did you mean "hikey"\?\)/],
] as [string, string | RegExp][])("test %s", async ([args, message]) => {
  const { code, stderr } = await jhInmate(["test", ...args.split(" ")]);
  expect(code).toBe(2);
  const said = stderr
    .split("\n")
    .find((line) => line.startsWith("error: "))
    ?.slice("error: ".length) as string;
  if (typeof message === "string") expect(said).toBe(message);
  else expect(said).toMatch(message);
});

test("jh-inmate/test works with other test runners", async () => {
  const { VITEST, NODE_OPTIONS, ...env } = process.env;
  const file = "test/fixtures/testing/by-node.mjs";
  const { stdout } = await promisify(execFile)(process.execPath, ["--test", file], { cwd: packageRoot, env });
  expect(stdout).toMatch(/pass 1\n/);
});
