/** A function of the machine as it is, before a hypervisor moderates it: configuration registers, and devices behind its BARs. */
import type { Device, Width } from "../device.ts";
import * as header from "./header.ts";

export interface Bar {
  readonly size: number;
  readonly is64?: boolean;
  readonly device: Device;
}

/** By the offset of its dword: what a register is after a reset, and the bits of it that can be written. Others are 0. */
export type Registers = Readonly<Record<number, readonly [value: number, writable: number]>>;

/** A device model, whose interrupt somebody takes. */
export interface PciModel {
  readonly registers: Registers;
  readonly bars: readonly Bar[];
  /** Called with each change of the interrupt's condition. */
  onInterrupt: (level: boolean) => void;
}

export class Hardware {
  readonly model: PciModel;
  /** Where each BAR is; the machine's firmware has placed them. */
  readonly addresses: readonly number[];
  readonly #values = new Map<number, number>();

  constructor(model: PciModel, addresses: readonly number[]) {
    this.model = model;
    this.addresses = addresses;
    for (const [offset, [value]] of Object.entries(model.registers)) this.#values.set(Number(offset), value);
    let register = header.BAR_0;
    for (const [i, { is64 }] of model.bars.entries()) {
      const address = addresses[i] ?? 0;
      this.#values.set(register, ((address & ~0xf) | (is64 ? header.BAR_64 : 0)) >>> 0);
      if (is64) this.#values.set(register + 4, Math.floor(address / 2 ** 32));
      register += is64 ? 8 : 4;
    }
  }

  read(offset: number): number {
    return this.#values.get(offset & ~3) ?? 0;
  }

  write(offset: number, width: Width, value: number): void {
    const row = offset & ~3;
    const writable = this.model.registers[row]?.[1] ?? 0;
    const before = this.read(row);
    this.#values.set(row, ((header.merge(before, offset, width, value) & writable) | (before & ~writable)) >>> 0);
  }

  /** The registers behind a BAR, which answer only while the command lets them. */
  window(index: number): Device {
    const { device } = this.model.bars[index] as Bar;
    const answers = () => (this.read(header.COMMAND) & header.COMMAND_MEMORY) !== 0;
    return {
      read: (offset, width) => (answers() ? device.read(offset, width) : 0xffffffff >>> (32 - 8 * width)),
      write: (offset, width, value) => {
        if (answers()) device.write(offset, width, value);
      },
    };
  }
}
