import { expect, test } from "vitest";
import { UserError } from "../scripts/errors.ts";
import { decodeCell, decodeFile, decodeSystem, encodeCell, encodeSystem } from "./codec.ts";
import { formats } from "./format/formats.ts";
import type { CellConfig } from "./model.ts";
import { qemuArm64 } from "./qemu-arm64/index.ts";

const { rt } = formats;
const stock: CellConfig = qemuArm64.cells["qemu-arm64-inmate-demo"];
const colored = { physical: 0x801200000n, address: 0n, size: 0x10000n, flags: ["read"], colors: 0xff00n } as const;
const hot: CellConfig = { ...stock, colored: [colored, { ...colored, colors: 0xffffffffffffffffn }] };
const cell = encodeCell(hot, rt);
const system = encodeSystem(qemuArm64.system, rt);

test("a cell of the fork has a longer header, and coloured regions behind its memory", () => {
  expect(cell.length).toBe(encodeCell(stock).length + 4 + 2 * 40);
  const memory = 136 + hot.cpuSetSize + 32 * hot.memory.length;
  expect([...cell.subarray(92, 96)]).toEqual([2, 0, 0, 0]);
  expect([...cell.subarray(memory + 32, memory + 40)]).toEqual([0, 0xff, 0, 0, 0, 0, 0, 0]);
  expect(decodeCell(cell, { format: rt, arch: "arm64" })).toEqual(hot);
  expect(decodeSystem(system, { format: rt, arch: "arm64" })).toEqual(qemuArm64.system);
});

/** The cell with other bytes at `offset`. */
function patched(offset: number, ...bytes: number[]): Uint8Array {
  const copy = cell.slice();
  copy.set(bytes, offset);
  return copy;
}

test.each<[string, Uint8Array, string]>([
  [
    "a cell of mainline",
    encodeCell(stock),
    'signature at offset 0: found "JHCLL\\x02" (this is a cell of mainline Jailhouse), expected "JHCELL"',
  ],
  [
    "a system of mainline",
    encodeSystem(qemuArm64.system),
    'signature at offset 0: found "JHSYS\\x02" (this is a system configuration of mainline Jailhouse), expected "JHCELL"',
  ],
  [
    "a system",
    system,
    'signature at offset 0: found "JHSYST" (this is a system configuration, not a cell), expected "JHCELL"',
  ],
  ["mainline's revision", patched(6, 14), "revision at offset 6: found 14, expected 13"],
  ["a flag that only mainline has", patched(44, 5), "flags at offset 44: found 0x5, expected no bits but 0xc0000003"],
  [
    "a console that only mainline has",
    patched(116, 10),
    "console.type at offset 116: found 10, expected one of 0 (none), 1 (EFIFB), 2 (8250), 3 (PL011), 4 (XUARTPS), " +
      "5 (MVEBU), 6 (HSCIF), 7 (SCIFA), 8 (IMX), 9 (S32-LINFLEX)",
  ],
  [
    "too many coloured regions",
    patched(92, 3, 1),
    "memory_regions_colored at offset 400: found 168 bytes to the end of the file, expected 10360 " +
      "(num_memory_regions_colored is 259)",
  ],
])("%s: refused", (_, bytes, message) => {
  expect(() => decodeCell(bytes, { file: "x.cell", format: rt })).toThrow(new UserError(`x.cell: ${message}`));
});

test("a file that does not say its architecture, nor lets one tell, wants it named", () => {
  expect(() => decodeCell(cell, { file: "x.cell", format: rt })).toThrow(
    new UserError(
      "x.cell: files of the real-time fork do not say their architecture, and this one can be for arm64 or arm; name it",
    ),
  );
  expect(() => decodeSystem(system, { file: "x.cell", format: rt, arch: "x86" })).toThrow(
    new UserError("x.cell: the file does not say its architecture, but it is arm64 or arm by its contents, not x86"),
  );
  expect(decodeFile(cell)).toEqual({ format: "rt", config: hot, archs: ["arm64", "arm"] });
  expect(decodeFile(system, { arch: "arm" })).toMatchObject({ format: "rt", config: { arch: "arm" }, archs: ["arm"] });
  const ports: CellConfig = {
    ...stock,
    arch: "x86",
    vpciIrqBase: 0,
    irqchips: [],
    ports: [{ base: 0x3f8, length: 8 }],
  };
  expect(decodeCell(encodeCell(ports, rt), { format: rt })).toEqual(ports);
});

test("what is no configuration at all says what it begins with", () => {
  expect(() => decodeFile(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2]), { file: "demo.elf" })).toThrow(
    new UserError(
      'demo.elf: this is no Jailhouse configuration: it begins with "\\x7fELF\\x02", expected one of ' +
        "JHCELL (cell, real-time fork), JHSYST (system, real-time fork), JHCLL (cell, mainline), JHSYS (system, mainline)",
    ),
  );
});
