/** An ivshmem device on the fake cell's PCI bus, as the hypervisor presents it (jailhouse-abi 4.7): peer 1 of 3. */
import type { FakeCell } from "./cell.ts";
import { type FakeFunction, FakePci, fakeRegisters } from "./pci.ts";

const ECAM = 0x8e00000n;
const BAR0 = 0xff000000n;
const VPCI_IRQ_BASE = 0x70;
/** Where its sections begin: 4 KiB of states, 36 KiB for all, 8 KiB for each. */
export const MEMORY = 0x7faf0000n;

/** Interrupt 144. */
export const withPin: FakeFunction = {
  bdf: 0,
  words: {
    0: 0x4106110a,
    4: 0x00100000,
    8: 0xff000000,
    52: 0x40,
    60: 0x0100,
    64: 0x00200009,
    68: 0x1000,
    72: 0x9000,
    80: 0x2000,
    88: Number(MEMORY),
  },
  barMasks: [0xfffff000],
  writable: [[0x40, 0x44]],
};
/** Sixteen; and a protocol of the user's. */
export const withVectors: FakeFunction = {
  ...withPin,
  words: { ...withPin.words, 8: 0xff123400, 60: 0, 64: 0x00206009, 96: 0x000f0011, 100: 1, 104: 0x101 },
  barMasks: [0xfffff000, 0xfffff000],
  writable: [
    [0x40, 0x44],
    [0x60, 0x64],
  ],
};

export class FakeLink {
  readonly bus: FakePci;
  readonly #registers = fakeRegisters(BAR0, 0x1000);
  readonly #table = fakeRegisters(BAR0 + 0x1000n, 0x200);

  constructor(cell: FakeCell, device: FakeFunction) {
    this.bus = new FakePci(ECAM, 1, [device]);
    this.#registers.view.setUint32(0, 1, true);
    this.#registers.view.setUint32(4, 3, true);
    cell.comm.setBigUint64(56, ECAM, true);
    cell.comm.setUint32(96, VPCI_IRQ_BASE, true);
    cell.regions.push(this.bus.ecam, this.#registers, this.#table);
  }

  register(offset: number): number {
    return this.#registers.view.getUint32(offset, true);
  }
  /** Of the MSI-X table. */
  entry(vector: number, offset: number): number {
    return this.#table.view.getUint32(vector * 16 + offset, true);
  }
}
