/** What the documentation shows is true: programs run, definitions are accepted, commands end well, links lead somewhere. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { folder, jhInmate } from "../cli/cli.ts";
import { type Block, blocksOf, pages, textOf } from "./blocks.ts";

const blocks = pages.flatMap(blocksOf);
const of = (language: string) => blocks.filter((block) => block.language === language);
const isDefinition = ({ text }: Block) => text.includes('"jh-inmate/config"');
const isHostCode = ({ text }: Block) => /"jh-inmate\/(cell|test|sim)"/.test(text);

test("every block is of a language that is looked at, here or by the page's own test", () => {
  const others = blocks.filter(({ language }) => !["ts", "js", "sh", "bibtex"].includes(language));
  expect(others.map(({ place }) => place)).toEqual([]);
});

describe("programs run and print", () => {
  const programs = of("ts").filter((block) => !isDefinition(block) && !isHostCode(block));
  test.each(programs.map((block) => [block.place, block] as const))("%s", async (_, { text }) => {
    const dir = await folder();
    await writeFile(join(dir, "main.ts"), text);
    await writeFile(join(dir, "jh-inmate.config.ts"), SETTINGS);
    const board = text.includes('"jh-inmate/x86"') ? "qemu-x86" : "qemu-arm64";
    const { code, stdout, stderr } = await jhInmate(["run", dir, "--board", board, "--seconds", "1.5"]);
    expect(stderr).not.toMatch(/error:|\*\*\*/);
    expect(stdout).not.toContain("***");
    expect(stdout.trim()).not.toBe("");
    expect(code).toBe(0);
  });
});

/** Programs of the pages may collect. */
const SETTINGS = `import { defineInmate } from "jh-inmate/config";
export default defineInmate({ name: "page", runtime: "minimal" });
`;

describe("definitions are accepted", () => {
  const definitions = of("ts").filter(isDefinition);
  test.each(definitions.map((block) => [block.place, block] as const))("%s", async (_, { text }) => {
    const file = join(await folder(), "cell.ts");
    await writeFile(file, text);
    const { code, stderr } = await jhInmate(["config", "show", file]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});

/** Commands that other tests run: with a board or a debugger at the other end, or as the start of everything. */
const ELSEWHERE = [/--on ssh:/, /--gdb/, /^npm /, /^npx vitest/, /^npx jh-inmate (dev|test)\b/];

describe("commands end well", () => {
  const commands = of("sh").flatMap(({ place, text }) =>
    text
      .split("\n")
      .map((line) => line.replace(/ +#.*/, ""))
      .filter((line) => /^np[mx] /.test(line) && !ELSEWHERE.some((pattern) => pattern.test(line)))
      .map((line) => [line, place] as const),
  );
  test.each(commands)("%s (%s)", async (line, place) => {
    const dir = await folder();
    await symlink(join(packageRoot, "demos"), join(dir, "demos"));
    const [page = "", row = ""] = place.split(":");
    const definition = blocksOf(page).findLast(
      (block) => isDefinition(block) && Number(block.place.split(":")[1]) < +row,
    );
    if (definition) await writeFile(join(dir, "cell.ts"), definition.text);
    const ending = /^npx jh-inmate run\b(?!.*--(seconds|expect))/.test(line) ? " --seconds 1" : "";
    const command = line.replace(/^npx jh-inmate/, 'exec "$0" "$1"') + ending;
    const { code, said } = await run("sh", ["-c", command, process.execPath, join(packageRoot, "dist/cli.js")], dir);
    expect(said).not.toContain("error:");
    // diff tells by 1 that there is a difference.
    expect(code).toBe(/ config diff /.test(line) ? 1 : 0);
  });
});

describe("the jailhouse tool's lines work in the shell", () => {
  const sessions = of("sh").filter(({ text }) => /^jailhouse /m.test(text));
  test.each(sessions.map((block) => [block.place, block] as const))("%s", async (_, { text }) => {
    const dir = await folder();
    await jhInmate(["build", "demos/gic-demo", "--board", "qemu-arm64", "--out", dir]);
    const create = /^jailhouse cell create/m.test(text) ? "" : "cell create gic-demo.cell\n";
    const script = `enable qemu-arm64.cell\n${create}${text}\n`;
    const args = [join(packageRoot, "dist/cli.js"), "shell", "--board", "qemu-arm64"];
    const { code, said } = await run(process.execPath, args, join(dir, "qemu-arm64"), script);
    expect(said).not.toMatch(/JAILHOUSE_|error:|unknown/);
    expect(code).toBe(0);
  });
});

/** Both streams in one. */
function run(command: string, args: string[], cwd: string, input = ""): Promise<{ code: number | null; said: string }> {
  const child = spawn(command, args, { cwd });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

describe("tests pass", () => {
  // Those of docs/testing.md are a fixture's.
  const tests = of("ts").filter(({ place, text }) => text.includes('from "vitest"') && !/testing\.md/.test(place));
  test.each(tests.map((block, i) => [block.place, block, i] as const))("%s", async (_, { text }, i) => {
    // In the package: there its own exports are found.
    const dir = join(packageRoot, "dist", `page-${i}`);
    await mkdir(dir, { recursive: true });
    onTestFinished(() => rm(dir, { recursive: true }));
    await writeFile(join(dir, "page.test.ts"), text);
    const { code, stderr } = await jhInmate(["test", dir]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});

test("a file is decoded and encoded again", async () => {
  const [block] = of("ts").filter(({ text }) => text.includes('"jh-inmate/cell"'));
  const dir = join(packageRoot, "dist", "page-cell");
  await mkdir(dir, { recursive: true });
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, "page.mjs"), block?.text ?? "");
  await jhInmate(["config", "build", "qemu-arm64-inmate-demo", "-o", join(dir, "demo.cell")]);
  expect(await run(process.execPath, ["page.mjs"], dir)).toEqual({ code: 0, said: "" });
  const { stdout } = await jhInmate(["config", "diff", "qemu-arm64-inmate-demo", join(dir, "my.cell")]);
  expect(stdout).toContain("CPUs: 1 → 2-3");
});

test("links lead to files", () => {
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to]) => join(dirname(page), to as string)),
  );
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
});

test("the messages on the page of errors are the tool's", () => {
  const sources = sourcesIn("scripts").concat(sourcesIn("boards")).join("\n");
  const rows = textOf("docs/errors.md")
    .split("\n")
    .filter((line) => /^\| .*`/.test(line))
    .map((line) => line.split("|")[1] as string);
  const fragments = rows
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, message]) => message as string))
    .filter((message) => !message.startsWith("main.ts:"))
    .flatMap((message) => message.split("…").map((part) => part.trim()))
    .filter((part) => part.length > 3);
  expect(fragments.length).toBeGreaterThan(25);
  expect(fragments.filter((part) => !sources.includes(part))).toEqual([]);
});

function sourcesIn(folder: string): string[] {
  const names = readdirSync(join(packageRoot, folder), { recursive: true, encoding: "utf8" });
  const sources = names.filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !/node_modules/.test(name),
  );
  return sources.map((name) => readFileSync(join(packageRoot, folder, name), "utf8"));
}
