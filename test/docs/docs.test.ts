/** What the documentation shows is true: programs run, definitions are accepted, commands end well, links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { folder, jhInmate } from "../cli/cli.ts";
import { type Block, blocksOf, pages, textOf } from "./blocks.ts";

const blocks = pages.flatMap(blocksOf);
const of = (language: string) => blocks.filter((block) => block.language === language);
const isDefinition = ({ text }: Block) => text.includes('"jh-inmate/config"');
const isHostCode = ({ text }: Block) => /"jh-inmate\/(cell|test|sim)"/.test(text);

test("every block is of a language that is looked at here", () => {
  const others = blocks.filter(({ language }) => !["ts", "sh", "bibtex"].includes(language));
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
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    const { code, stderr } = await jhInmate(["config", "show", file]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
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
