import { describe, expect, test } from "vitest";
import { type Board, type CellConfig, findBoard, type MemoryRegion } from "../../boards/index.ts";
import { checkImages, machineFor } from "../../scripts/run/cellbox-machine.ts";
import { absentDevices } from "../../scripts/run/cellbox-placement.ts";
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

describe("the memory of a board that QEMU lacks", () => {
  const zcu102 = findBoard("zynqmp-zcu102");
  const s32 = findBoard("s32v234sbc");
  const jobIn = (board: Board, cell: CellConfig | undefined) => ({ ...loop, board, cell: cell as CellConfig });
  const bomb = (name: string) => jobIn(zcu102, zcu102.rt?.cells[`zynqmp-zcu102-${name}`]);
  const physicals = (cell: CellConfig | undefined) =>
    [...(cell?.memory ?? []), ...(cell?.colored ?? [])].map(({ physical }) => physical);
  const absent = (address: bigint) => (1n << 47n) + address;

  test("lies together behind the monitor, aligned as on the board, and devices are absent", () => {
    const { cells, ram, boardAddress } = machineFor([bomb("bomb1")]);
    // The UART, RAM, twice memory of the programmable logic, the control page, the comm region.
    expect(physicals(cells[0])).toEqual([absent(0xff010000n), 0x42000000n, 0x42800000n, 0x42e00000n, 0x42601000n, 0n]);
    expect(boardAddress?.(0x42601008n)).toBe(0x820001008n);
    expect(boardAddress?.(0x41000000n)).toBe(0x41000000n);
    // The smallest machine has 128 MiB.
    expect(ram).toBe(128n << 20n);
  });

  test("is shared by those that share it, and coloured as on the board", () => {
    const { cells } = machineFor([bomb("bomb0-col"), bomb("bomb2")]);
    const [first, second] = cells.map(physicals);
    // 5 MiB in four of sixteen colours take 20 MiB.
    expect(first).toEqual([absent(0xff010000n), 0x43a00000n, 0n, 0x42000000n]);
    expect(second?.slice(1)).toEqual([0x43400000n, 0x43a02000n, 0n]);
  });

  test("may be behind each other's devices: shared RAM that is mapped like a device is RAM", () => {
    const { cells } = machineFor([jobIn(s32, s32.rt?.cells["s32v234sbc-prof"])]);
    const log = cells[0]?.memory.find(({ address }) => address === 0x50000000n);
    expect(log?.physical).toBe(0x42000000n);
    expect(cells[0]?.memory.find(({ address }) => address === 0x40036000n)?.physical).toBe(absent(0x40036000n));
  });
});

test("a console that nothing plays is told", () => {
  const rpi4 = findBoard("rpi4");
  const cell = rpi4.cells["rpi4-inmate-demo"] as CellConfig;
  expect(absentDevices({ ...loop, board: rpi4, cell })).toEqual([
    "cell inmate-demo: uart1 at 0xfe215040, its console, is not in the emulated machine: what it prints there is lost",
  ]);
});

test("an image must fit into loadable memory", () => {
  const image = { address: 0xff00n, bytes: new Uint8Array(0x200) };
  expect(() => checkImages({ ...loop, images: [image] })).toThrow(
    "loop: 512 bytes at 0xff00-0x100ff do not fit into cell inmate-demo: not writable and loadable as a whole in its region 0x0-0xffff",
  );
});
