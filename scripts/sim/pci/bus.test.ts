import { expect, test } from "vitest";
import { qemuArm64, qemuX86 } from "../../../boards/config.ts";
import type { CellConfig } from "../../../boards/model.ts";
import { ManualClock } from "../../../test/sim/manual-clock.ts";
import { TestMessages } from "../../../test/sim/messages.ts";
import { PciBus } from "./bus.ts";
import { Links } from "./link.ts";

function make(cell: CellConfig, board = "qemu-x86", links = new Links()) {
  const stored: string[] = [];
  const pins: number[] = [];
  const bus = new PciBus({
    cell,
    board,
    clock: new ManualClock(),
    bus: { load: (_, length) => new Uint8Array(length), store: () => {} },
    messages: new TestMessages(),
    links,
    raisePin: (pin) => void pins.push(pin),
    store: (address, value) => void stored.push(`${address.toString(16)}=${value}`),
  });
  bus.reset();
  const at = (bdf: number, offset: number) => bus.configuration.read((bdf << 12) + offset, 4);
  return { bus, links, stored, pins, at };
}

test("HDA's registers are where the stock cell has its region", () => {
  const { bus, at } = make(qemuX86.cells["pci-demo"]);
  expect(bus.bars.map(({ address, size }) => [address, size])).toEqual([[0xfebd4000, 0x4000]]);
  expect([at(0xd8, 0), at(0xd8, 0x10), at(0xd0, 0)]).toEqual([0x26688086, 0xfebd4000, 0xffffffff]);
});

test("without such a region they are where no cell has anything", () => {
  const { memory, ...cell } = qemuX86.cells["pci-demo"];
  const { bus } = make({ ...cell, memory: memory.filter(({ size }) => size !== 0x4000n) });
  expect(bus.bars[0]?.address).toBe(0xf0000000);
});

test("ivshmem has its sections from the cell's regions; the state goes to the state table", () => {
  const x86 = make(qemuX86.cells["ivshmem-demo"]);
  const words = [0x40, 0x44, 0x48, 0x50, 0x58, 0x60].map((offset) => x86.at(0x170, offset));
  expect(words).toEqual([0x00206009, 0x1000, 0x9000, 0x2000, 0x3f0f0000, 0x000f0011]);
  expect(x86.stored).toEqual(["3f0f0004=0"]);
  const arm = make(qemuArm64.cells["qemu-arm64-inmate-demo"], "qemu-arm64");
  expect([0x3c, 0x40, 0x58].map((offset) => arm.at(0, offset))).toEqual([0x100, 0x00200009, 0x7faf0000]);
});

test("functions without a model are refused, with those that there are", () => {
  const cell = qemuX86.cells["e1000-demo"];
  const moved = { ...cell, pciDevices: cell.pciDevices.map((device) => ({ ...device, bdf: "00:05.0" })) };
  expect(() => make(moved)).toThrow(
    "cell e1000-demo: the simulator has no PCI device at 00:05.0 of qemu-x86, only 00:1b.0 (HDA), 00:19.0 (e1000), 00:1a.0 (e1000); run it on cellbox",
  );
});

test("two cells are peers of one link, each with a number of its own", () => {
  const cell = qemuArm64.cells["qemu-arm64-inmate-demo"];
  const other = { ...cell, pciDevices: cell.pciDevices.map((device) => ({ ...device, shmemId: 2 })) };
  const one = make(cell, "qemu-arm64");
  const two = make(other, "qemu-arm64");
  const ring = () => two.links.at(0).ring(1, 0, 0);
  const [device] = one.bus.ivshmem;
  device?.write(0x10, 4, 0xff000000);
  device?.write(0x04, 2, 6);
  device?.windows[0]?.device.write(8, 4, 1);
  ring();
  expect(one.pins).toEqual([]);
  one.bus.join(two.links);
  one.bus.join(two.links);
  ring();
  expect(one.pins).toEqual([1]);
  const message =
    "the ivshmem link at 00:00.0 has two peers with number 2: give one of the cells another id in its ivshmem";
  expect(() => make(other, "qemu-arm64").bus.join(two.links)).toThrow(message);
  expect(() => make(other, "qemu-arm64", two.links)).toThrow(message);
});
