import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeFile, encodeCell } from "../../boards/index.ts";
import { zynqmpZcu102 } from "../../boards/zynqmp-zcu102/index.ts";
import { folder, jhInmate } from "./cli.ts";

const stock = zynqmpZcu102.cells["zynqmp-zcu102-inmate-demo"];
const build = (out: string, ...args: string[]) => jhInmate(["build", "demos/hello", "--out", out, ...args]);

test("--cell takes the name of a board's cell, and the cell's file is of its format", async () => {
  const out = await folder();
  const { code, stdout } = await build(out, "--cell", "rt:zynqmp-zcu102-inmate-demo");
  expect(code).toBe(0);
  expect(stdout).toMatch(/of RAM of cell inmate-demo on zynqmp-zcu102\n$/);
  const { format, config } = decodeFile(await readFile(join(out, "zynqmp-zcu102/hello.cell")), { arch: "arm64" });
  expect(format).toBe("rt");
  expect(config).toEqual(zynqmpZcu102.rt?.cells["zynqmp-zcu102-inmate-demo"]);
});

test("--cell takes a .cell file, which tells its board", async () => {
  const out = await folder();
  const file = join(out, "mine.cell");
  await writeFile(file, encodeCell({ ...stock, name: "mine", cpus: [2] }));
  const { code, stdout } = await build(out, "--cell", file);
  expect(code).toBe(0);
  expect(stdout).toMatch(/of RAM of cell mine on zynqmp-zcu102\n$/);
});

test.for([
  [
    "--cell qemu-arm64",
    "--cell qemu-arm64 is a system: an inmate runs in a cell, name one as in jh-inmate boards BOARD",
  ],
  [
    "--cell qemu-arm64-inmate-demo --board hikey",
    "qemu-arm64-inmate-demo is for qemu-arm64, not for hikey: leave out --board hikey",
  ],
  ["--cell inmate-dem", 'there is no file and no configuration "inmate-dem"; jh-inmate boards lists what there is'],
  ["--cell missing.cell", "missing.cell: there is no such file"],
] as [string, string][])("build %s", async ([flags, message]) => {
  const { code, stderr } = await build(await folder(), ...flags.split(" "));
  expect([code, stderr]).toEqual([2, `error: ${message}\n`]);
});
