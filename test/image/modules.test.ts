/** Modules that nobody has compiled from TypeScript run on every engine and architecture. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireTools } from "../../scripts/doctor/tools.ts";
import { packageRoot } from "../../scripts/root.ts";
import { jhInmate } from "../cli/cli.ts";

const run = promisify(execFile);
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "jh-test-"));
  await cp(join(packageRoot, "test/fixtures/modules"), dir, { recursive: true });
  await compileC(join(dir, "sort.c"), join(dir, "sort.wasm"));
});
afterAll(() => rm(dir, { recursive: true }));

/** As the page about engines says it. */
async function compileC(source: string, module: string): Promise<void> {
  const { clang, "ld.lld": lld } = requireTools(["clang", "ld.lld"]);
  const object = join(dir, "module.o");
  const flags = ["--target=wasm32", "-mcpu=mvp", "-mbulk-memory", "-O2", "-ffreestanding"];
  await run(clang.path, [...flags, "-c", source, "-o", object]);
  await run(lld.path, [
    "-flavor",
    "wasm",
    "--no-entry",
    "--export=main",
    "-z",
    "stack-size=4096",
    "--stack-first",
    object,
    "-o",
    module,
  ]);
}

/** A project around the module, for the settings that a file alone does not have. */
async function project(entry: string, settings: string): Promise<string> {
  const folder = await mkdtemp(join(dir, "project-"));
  const config = `import { defineInmate } from "jh-inmate/config";
export default defineInmate({ entry: ${JSON.stringify(entry)}, ${settings} });
`;
  await writeFile(join(folder, "jh-inmate.config.ts"), config);
  return folder;
}

const PRIMES = "primes: 2 3 5 7 11 13 17 19 23 29 31 37 41 43 47\n";
const SORTED = `cell distributor inmate redistributor vector
cell inmate vector distributor redistributor
0.518737
`;

const PROGRAMS = [
  ["primes.wat", PRIMES],
  ["sort.wasm", SORTED],
  ["nothing.wat", ""],
] as const;

describe.each([["aot"], ["wasm3"]])("engine %s", (engine) => {
  test.each(["qemu-arm64", "qemu-x86"])("wat and C on %s", async (board) => {
    for (const [file, said] of PROGRAMS) {
      const args = ["run", join(dir, file), "--board", board, "--engine", engine, "--seconds", "5"];
      const { code, stdout } = await jhInmate(args);
      expect([stdout.replaceAll("\r", ""), code]).toEqual([said, 0]);
    }
  });

  test("as the program of a project, in the 32-bit mode of x86", async () => {
    const folder = await project("../sort.wasm", "bits: 32");
    const { code, stdout } = await jhInmate(["run", folder, "--board", "qemu-x86", "--engine", engine]);
    expect([stdout.replaceAll("\r", ""), code]).toEqual([SORTED, 0]);
  });
});

test.each(PROGRAMS)("the simulator takes %s, too", async (file, said) => {
  const args = ["run", join(dir, file), "--board", "qemu-arm64", "--on", "sim", "--seconds", "1"];
  const { code, stdout } = await jhInmate(args);
  expect([stdout.replaceAll("\r", ""), code]).toEqual([said, 0]);
});

test.each([
  ["an unknown word", '(module\n  (func (export "main") (resul i32)))', ':2:26: unexpected token "resul"'],
  [
    "a wrong type",
    '(module\n  (func (export "main") (result i32)\n    (i64.const 1)))',
    ":3:6: type mismatch in implicit return, expected [i32] but got [i64]",
  ],
])("a mistake in a .wat file has its place: %s", async (_, text, message) => {
  await writeFile(join(dir, "mistake.wat"), text);
  const { code, stderr } = await jhInmate(["build", join(dir, "mistake.wat"), "--board", "qemu-arm64"]);
  expect(stderr).toContain(`error: mistake.wat${message}`);
  expect(code).toBe(2);
});
