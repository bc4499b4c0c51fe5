import { expect, test } from "vitest";
import { cellRam } from "../index.ts";
import { qemuArm64 } from "./index.ts";

test("images are loaded to where the cells start", () => {
  const ram = Object.fromEntries(Object.entries(qemuArm64.cells).map(([file, cell]) => [file, cellRam(cell)]));
  expect(ram).toEqual({
    "qemu-arm64-inmate-demo": { address: 0n, size: 0x10000n, physical: 0x7fa00000n },
    "qemu-arm64-linux-demo": { address: 0n, size: 0x10000n, physical: 0x7f900000n },
    "qemu-arm64-zephyr-demo": { address: 0x70000000n, size: 0x8000000n, physical: 0x70000000n },
  });
});

test("the root cell covers the memory for inmates, and no stock cell lies in it", () => {
  const { physical, size } = qemuArm64.inmateMemory!;
  const covers = qemuArm64.system.rootCell.memory.some(
    (region) => region.physical <= physical && physical + size <= region.physical + region.size,
  );
  expect(covers).toBe(true);
  const others = Object.values(qemuArm64.cells).flatMap(({ memory }) => memory);
  expect(others.filter((other) => other.physical < physical + size && physical < other.physical + other.size)).toEqual(
    [],
  );
});
