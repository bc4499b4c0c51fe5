import { expect, test } from "vitest";
import { UserError } from "../scripts/errors.ts";
import { decodeCell, decodeSystem, encodeCell, encodeSystem } from "./codec.ts";
import type { CellConfig } from "./model.ts";
import { qemuArm64 } from "./qemu-arm64/index.ts";

const inmate = encodeCell(qemuArm64.cells["qemu-arm64-inmate-demo"]);
const system = encodeSystem(qemuArm64.system);

/** The inmate-demo cell with other bytes at `offset`. */
function patched(offset: number, ...bytes: number[]): Uint8Array {
  const copy = inmate.slice();
  copy.set(bytes, offset);
  return copy;
}

const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

test.each<[string, Uint8Array, string]>([
  ["no bytes", new Uint8Array(), "signature at offset 0: found 0 bytes to the end of the file, expected 5"],
  ["another signature", patched(0, 0x7f), 'signature at offset 0: found "\\x7fHCLL", expected "JHCLL"'],
  [
    "a system",
    system,
    'signature at offset 0: found "JHSYS" (this is a system configuration, not a cell), expected "JHCLL"',
  ],
  [
    "the fork's cell",
    patched(0, ...letters("JHCELL")),
    'signature at offset 0: found "JHCEL" (this is a cell of the real-time fork), expected "JHCLL"',
  ],
  [
    "an unknown architecture",
    patched(5, 3),
    "architecture at offset 5: found 3, expected one of 0 (x86), 1 (arm), 2 (arm64)",
  ],
  ["another revision", patched(6, 13), "revision at offset 6: found 13, expected 14"],
  [
    "a header cut off",
    inmate.subarray(0, 90),
    "cpu_reset_address at offset 84: found 6 bytes to the end of the file, expected 8",
  ],
  ["an odd letter", patched(9, 200), "name at offset 9: found 200, expected a printable ASCII character"],
  ["letters behind the name", patched(30, 65), "name at offset 30: found 65, expected 0 (behind the end of the text)"],
  [
    "a name without end",
    patched(8, ...letters("x".repeat(32))),
    "name at offset 8: found 32 bytes without a NUL, expected at most 31 characters",
  ],
  ["unknown cell flags", patched(45, 2), "flags at offset 44: found 0x201, expected no bits but 0xc0000007"],
  ["a huge CPU set", patched(49, 0x20), "cpu_set_size at offset 48: found 8200, expected at most 4096"],
  [
    "a CPU set beyond the end",
    patched(49, 4),
    "cpu_set at offset 132: found 352 bytes to the end of the file, expected 1032",
  ],
  [
    "too many regions",
    patched(52, 12),
    "memory_regions at offset 140: found 344 bytes to the end of the file, expected 384 (num_memory_regions is 12)",
  ],
  [
    "a count of 2^32 - 1",
    patched(76, 255, 255, 255, 255),
    "stream_ids at offset 484: found 0 bytes to the end of the file, expected 17179869180 (num_stream_ids is 4294967295)",
  ],
  [
    "unknown memory flags",
    patched(140 + 26, 0x10),
    "memory_regions[0].flags at offset 164: found 0x100081, expected no bits but 0xf81ff",
  ],
  [
    "an unknown device type",
    patched(428, 4),
    "pci_devices[0].type at offset 428: found 4, expected one of 1 (device), 2 (bridge), 3 (ivshmem)",
  ],
  [
    "a byte at the end",
    Uint8Array.from([...inmate, 0]),
    "end of file at offset 484: found 1 bytes more, expected none, or PCI devices of 56 bytes",
  ],
])("%s: refused", (_, bytes, message) => {
  expect(() => decodeCell(bytes, { file: "x.cell" })).toThrow(new UserError(`x.cell: ${message}`));
});

test.each<[string, number, number[], string]>([
  [
    "a cell",
    0,
    letters("JHCLL"),
    'signature at offset 0: found "JHCLL" (this is a cell, not a system configuration), expected "JHSYS"',
  ],
  [
    "the fork's system",
    5,
    letters("T"),
    "architecture at offset 5: found 84 (this is a system configuration of the real-time fork), " +
      "expected one of 0 (x86), 1 (arm), 2 (arm64)",
  ],
  ["neither yes nor no", 85, [2], "platform_info.pci_is_virtual at offset 85: found 2, expected 0 or 1"],
  [
    "an unknown IOMMU",
    88 + 28,
    [9],
    "platform_info.iommu_units[1].type at offset 116: found 9, expected one of 0 (unused), 1 (amd), 2 (intel), 3 (smmuv3), 4 (pvu), 5 (mmu500)",
  ],
  ["something in padding", 314, [1], "platform_info.arm.padding at offset 314: found 1, expected 0"],
  [
    "something in the root cell's signature",
    358,
    [1],
    "root_cell.signature, architecture, revision at offset 358: found 1, expected 0",
  ],
  [
    "a root region beyond the end",
    408,
    [99],
    "memory_regions at offset 496: found 528 bytes to the end of the file, expected 3168 (root_cell.num_memory_regions is 99)",
  ],
])("a system with %s: refused", (_, offset, bytes, message) => {
  const copy = system.slice();
  copy.set(bytes, offset);
  expect(() => decodeSystem(copy, { file: "x.cell" })).toThrow(new UserError(`x.cell: ${message}`));
});

test("a file for another architecture is refused when the architecture is known", () => {
  const message = "architecture at offset 5: found arm64, expected x86";
  expect(() => decodeCell(inmate, { arch: "x86" })).toThrow(
    new UserError(
      `cell configuration: ${message}; "jailhouse cell create" would report success and create nothing on x86`,
    ),
  );
  expect(() => decodeSystem(system, { arch: "x86" })).toThrow(
    new UserError(`system configuration: ${message}; "jailhouse enable" would refuse it on x86`),
  );
});

const cell: CellConfig = qemuArm64.cells["qemu-arm64-inmate-demo"];
const device = cell.pciDevices[0];
const odd = (fields: object) => () => encodeCell({ ...cell, ...fields });

test.each<[object, string]>([
  [{ name: "x".repeat(32) }, `cell ${"x".repeat(32)}: name: found "${"x".repeat(32)}", expected at most 31 characters`],
  [{ name: "Zelle Ö" }, 'cell Zelle Ö: name: found "Zelle Ö", expected printable ASCII'],
  [{ id: -1 }, "cell inmate-demo: id: found -1, expected a number from 0 to 4294967295"],
  [{ id: 1.5 }, "cell inmate-demo: id: found 1.5, expected a number from 0 to 4294967295"],
  [
    { resetAddress: 1n << 64n },
    "cell inmate-demo: cpu_reset_address: found 18446744073709551616, expected a bigint from 0 to 18446744073709551615",
  ],
  [
    { resetAddress: 0 },
    "cell inmate-demo: cpu_reset_address: found 0, expected a bigint from 0 to 18446744073709551615",
  ],
  [{ cpuSetSize: 5000 }, "cell inmate-demo: cpu_set_size: found 5000, expected a number from 0 to 4096"],
  [{ cpus: [64] }, "cell inmate-demo: cpu_set: found 64, expected numbers from 0 to 63"],
  [{ memory: undefined }, "cell inmate-demo: memory: found nothing, expected a list"],
  [
    { flags: ["passive"] },
    'cell inmate-demo: flags: found "passive", expected one of passive-commreg, test-device, aarch32, ' +
      "virtual-console-permitted, virtual-console-active",
  ],
  [
    { irqchips: [{ address: 0n, id: 0, pinBase: 32, pins: [31] }] },
    "cell inmate-demo: irqchips[0].pin_bitmap: found 31, expected numbers from 32 to 159",
  ],
  [
    { pciDevices: [{ ...device, bdf: "0:1.8" }] },
    'cell inmate-demo: pci_devices[0].bdf: found "0:1.8", expected bus, device and function like "00:1b.0"',
  ],
  [
    { pciDevices: [{ ...device, barMasks: [0] }] },
    "cell inmate-demo: pci_devices[0].bar_mask: found 1, expected 6 elements",
  ],
  [{ console: null }, "cell inmate-demo: console: found null, expected an object"],
])("%o does not fit into the file", (fields, message) => {
  expect(odd(fields)).toThrow(new UserError(message));
});

test("more IOMMUs than there is room for, and what is neither true nor false", () => {
  const unit = { type: "intel", base: 0n, size: 0 } as const;
  expect(() => encodeSystem({ ...qemuArm64.system, iommus: Array.from({ length: 9 }, () => unit) })).toThrow(
    new UserError("system qemu-arm64: platform_info.iommu_units: found 9, expected at most 8 elements"),
  );
  expect(() => encodeSystem({ ...qemuArm64.system, pciIsVirtual: 1 as unknown as boolean })).toThrow(
    new UserError("system qemu-arm64: platform_info.pci_is_virtual: found 1, expected true or false"),
  );
});
