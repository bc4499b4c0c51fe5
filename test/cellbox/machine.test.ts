import { describe, expect, test } from "vitest";
import { type CellConfig, findBoard, type MemoryRegion } from "../../boards/index.ts";
import { checkImages, machineFor } from "../../scripts/run/cellbox-machine.ts";
import { jobOf } from "./inmate.ts";

const loop = jobOf("loop");
const withCell = (cell: Partial<CellConfig>) => machineFor([{ ...loop, cell: { ...loop.cell, ...cell } }]);
const withRegion = (physical: bigint, size: bigint, flags: MemoryRegion["flags"] = ["read", "write"]) =>
  withCell({ memory: [{ physical, address: 0n, size, flags }] });

describe("the machine", () => {
  test("has RAM up to the cell's highest region, and a CPU beside the cell's", () => {
    expect(withCell({})).toMatchObject({ gicVersion: 3, cpus: 2, ram: 1019n << 20n });
    expect(withCell({ cpus: [0, 1] }).cpus).toBe(3);
    expect(withCell({ cpus: [3] }).cpus).toBe(4);
  });

  test.each([
    [0x8_0000_0000n, "lies outside the RAM of cellbox, 0x42000000-0x23fffffff"],
    [0x1000n, "lies outside the RAM of cellbox, 0x42000000-0x23fffffff"],
    [0x41000000n, "overlaps the monitor of cellbox at 0x40000000-0x41ffffff"],
  ])("has no RAM for a cell at %i", (physical, why) => {
    const range = `0x${physical.toString(16)}-0x${(physical + 0xfffn).toString(16)}`;
    expect(() => withRegion(physical, 0x1000n)).toThrow(`cell inmate-demo: memory region 0 (physical ${range}) ${why}`);
  });

  test("keeps its own devices", () => {
    expect(() => withRegion(0x8000000n, 0x10000n, ["read", "write", "io"])).toThrow(
      "cell inmate-demo: memory region 0 (physical 0x8000000-0x800ffff) is the interrupt controller, which cellbox emulates",
    );
  });

  test("has 16 CPUs for cells with a GICv3", () => {
    expect(withCell({ cpus: Array.from({ length: 16 }, (_, i) => i) }).cpus).toBe(17);
    expect(() => withCell({ cpus: [16] })).toThrow(
      "cell inmate-demo: there is no CPU 16, cellbox with a GICv3 has 0 to 15",
    );
  });

  test("has 7 CPUs for cells with a GICv2", () => {
    const board = findBoard("qemu-arm64-gicv2");
    const machine = (cpus: number[]) => machineFor([{ ...loop, board, cell: { ...loop.cell, cpus } }]);
    expect(machine([1, 2, 3, 4, 5, 6, 7])).toMatchObject({ gicVersion: 2, cpus: 8 });
    expect(() => machine([8])).toThrow("cell inmate-demo: there is no CPU 8, cellbox with a GICv2 has 0 to 7");
    expect(() => machine([0, 1, 2, 3, 4, 5, 6, 7])).toThrow(
      "cellbox with a GICv2 has 8 CPUs and needs one of them for itself: leave one to it",
    );
  });
});

test("an image must fit into loadable memory", () => {
  const image = { address: 0xff00n, bytes: new Uint8Array(0x200) };
  expect(() => checkImages({ ...loop, images: [image] })).toThrow(
    "loop: 512 bytes at 0xff00-0x100ff do not fit into cell inmate-demo: not writable and loadable as a whole in its region 0x0-0xffff",
  );
});
