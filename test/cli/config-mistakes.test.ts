import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeCell } from "../../boards/index.ts";
import { zynqmpZcu102 } from "../../boards/zynqmp-zcu102/index.ts";
import { folder, jhInmate } from "./cli.ts";

const bytes = encodeCell(zynqmpZcu102.cells["zynqmp-zcu102-inmate-demo"]);
const ways = "give a .cell file, a TypeScript file with defineCell, or a name from jh-inmate boards";
const show = "jh-inmate config show X [--format FORMAT] [--board BOARD] [--json]";

async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await jhInmate(["config", ...args]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^error: /);
  return stderr.slice("error: ".length).trimEnd();
}

/** Each mistake on the command line, and the line that answers it. */
test.for([
  ["", "config needs what to do, build, show, check or diff: see jh-inmate help config"],
  ["shw", 'config has no "shw": did you mean "show"?'],
  ["frobnicate", 'config has no "frobnicate": see jh-inmate help config'],
  ["show", `config show is incomplete: ${show}`],
  ["show one two", `config show does not take "two": ${show}`],
  ["show x --all", `config show does not take --all: ${show}`],
  ["show x --format both", "--format both is unknown: give mainline or rt (the real-time fork)"],
  [
    "show qemu-arm64 --board qemu-arm46",
    /^there is no board "qemu-arm46" \(did you mean "qemu-arm64"\?\); boards are /,
  ],
  ["show qemu-arm64 --board hikey", "qemu-arm64 is for qemu-arm64, not for hikey: leave out --board hikey"],
  [
    "show qemu-arm --format rt",
    "qemu-arm: only mainline has this configuration, not the real-time fork; write mainline:qemu-arm",
  ],
  ["show zcu102", 'there is no file and no configuration "zcu102"; jh-inmate boards lists what there is'],
  ["show missing.cell", "missing.cell: there is no such file"],
  ["show docs", "docs is a folder without a cell.ts: name a .cell file, a TypeScript file or a configuration"],
  ["show README.md", `README.md is text: ${ways}`],
  [
    "show demos/hello --format rt",
    'demos/hello/cell.ts is for mainline, not for the real-time fork: write format: "rt" in its defineCell',
  ],
  ["show demos/hello --board hikey", "demos/hello/cell.ts is for qemu-arm64, not for hikey: name another --board"],
  [
    "show demos/hello/main.ts",
    "demos/hello/main.ts is a program: a configuration is a file with defineCell or defineSystem, as a cell.ts",
  ],
  ["build --all", "config build --all needs a folder: config build --all -o DIR"],
  ["build x.ts --all -o y", 'config build --all does not take "x.ts": it writes everything there is'],
  ["build x.cell", "x.cell is a .cell file already: name the TypeScript file or the configuration to build"],
  ["build hikey -o docs", "-o docs is a folder: name the file, as in -o docs/NAME.cell"],
  ["build hikey -o README.md/x.cell", /^cannot make the folder .*README\.md: /],
  ["diff hikey", "config diff is incomplete: jh-inmate config diff A B [--format FORMAT] [--board BOARD] [--json]"],
  [
    "diff hikey-inmate-demo hikey",
    "hikey is a system, hikey-inmate-demo a cell: compare two of a kind, or look at them with jh-inmate config show",
  ],
  [
    "check hikey-inmate-demo",
    "hikey-inmate-demo is a cell: name the system first, as in jh-inmate config check hikey hikey-inmate-demo",
  ],
  ["check hikey qemu-arm64", "qemu-arm64 is a system, too: name one system, then cells"],
] as [string, string | RegExp][])("config %s", async ([command, message]) => {
  const text = await refusal(...command.split(" ").filter(Boolean));
  if (typeof message === "string") expect(text).toBe(message);
  else expect(text).toMatch(message);
});

/** Each file that is no configuration, or a damaged one. */
test.for([
  ["empty", [], `is empty: ${ways}`],
  ["ELF", [0x7f, 0x45, 0x4c, 0x46, 1], `is an ELF program or object: ${ways}`],
  ["Wasm", [0, 0x61, 0x73, 0x6d, 1], `is a WebAssembly module: ${ways}`],
  ["C source", [...Buffer.from("#include <jailhouse/types.h>\n")], `is C source: ${ways}`],
  ["zeros", [0, 0, 0, 0], `is no configuration of Jailhouse: ${ways}`],
  [
    "cut",
    [...bytes.subarray(0, 200)],
    ": memory_regions at offset 140: found 60 bytes to the end of the file, expected 96 (num_memory_regions is 3)\n" +
      "the file is cut short: copy it or build it again",
  ],
  [
    "old",
    [...bytes.subarray(0, 6), 12, 0, ...bytes.subarray(8)],
    ": revision at offset 6: found 12, expected 14\n" +
      "it was built for another version of Jailhouse: build it again from its source",
  ],
] as [string, number[], string][])("show of a file: %s", async ([name, content, message]) => {
  const file = join(await folder(), `${name.replace(" ", "-")}.cell`);
  await writeFile(file, Uint8Array.from(content));
  expect(await refusal("show", file)).toBe(`${file}${message.startsWith(":") ? "" : " "}${message}`);
});

test("a .cell file for another architecture than the board's", async () => {
  const file = join(await folder(), "x.cell");
  await writeFile(file, bytes);
  expect(await refusal("show", file, "--board", "qemu-arm")).toMatch(
    /x\.cell: architecture at offset 5: found arm64, expected arm; .*create nothing/,
  );
});

test("a .cell file is not of the other format", async () => {
  const file = join(await folder(), "x.cell");
  await writeFile(file, bytes);
  expect(await refusal("show", file, "--format", "rt")).toBe(
    `${file} is for mainline, not for the real-time fork: leave out --format rt`,
  );
});
