import { expect, test } from "vitest";
import { decodeCell, encodeCell } from "../index.ts";
import { qemuArm64 } from "../qemu-arm64/index.ts";
import { qemuArm64Gicv2 } from "./index.ts";

test("the system has the GICv2's addresses and eight CPUs", () => {
  expect(qemuArm64Gicv2.system.arm).toEqual({
    maintenanceIrq: 25,
    gicVersion: 2,
    gicdBase: 0x8000000n,
    giccBase: 0x8010000n,
    gichBase: 0x8030000n,
    gicvBase: 0x8040000n,
    gicrBase: 0n,
  });
  expect(qemuArm64Gicv2.system.rootCell.cpus).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("the inmate's cell is the one with a GICv3, under the same name for Jailhouse", () => {
  const cell = qemuArm64Gicv2.cells["qemu-arm64-gicv2-inmate-demo"];
  expect(cell).toEqual(qemuArm64.cells["qemu-arm64-inmate-demo"]);
  expect(decodeCell(encodeCell(cell), { arch: "arm64" })).toEqual(cell);
});
