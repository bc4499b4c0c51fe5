/** Configuration space as a cell sees it (jailhouse-abi 4.4): functions that are not its own read as ones, and a write to one stops the CPU. */
import type { Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import type { PciFunction, Window } from "./function.ts";

const FUNCTION_SHIFT = 12;
const FUNCTION_SIZE = 1 << FUNCTION_SHIFT;
const NOTHING = 0xff;

/** In memory (PCI Express 3.0, 7.2.2): 4 KiB a function. */
export class Configuration implements Device {
  readonly functions: readonly PciFunction[];

  constructor(functions: readonly PciFunction[]) {
    this.functions = functions;
  }

  /** The functions' registers that the hypervisor emulates. */
  get windows(): Window[] {
    return this.functions.flatMap(({ windows }) => windows);
  }

  read(offset: number, width: Width): number {
    const found = this.#find(offset);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + (found ? byteOf(found, offset + i) : NOTHING);
    return value;
  }

  write(offset: number, width: Width, value: number): void {
    const found = this.#find(offset);
    // Nobody takes a write across two dwords, as no function decodes it.
    if (!found || (offset & 3) + width > 4) throw new Refusal();
    found.write(offset % FUNCTION_SIZE, width, value);
  }

  #find(offset: number): PciFunction | undefined {
    const bdf = offset >>> FUNCTION_SHIFT;
    return this.functions.find((fn) => fn.bdf === bdf);
  }
}

function byteOf(fn: PciFunction, offset: number): number {
  return (fn.read((offset % FUNCTION_SIZE) & ~3) >>> (8 * (offset & 3))) & 0xff;
}

const ADDRESS_SIZE = 4;
const PORTS = 8;
const BDF_MASK = 0xffff;
const REGISTER_MASK = 0xfc;

/** By ports 0xcf8 to 0xcff (PCI Local Bus 3.0, 3.2.2.3.2), of which Jailhouse has one address for all CPUs of the cell, and minds no enable bit. */
export class ConfigurationPorts implements Device {
  #address = 0;
  readonly #configuration: Configuration;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  read(offset: number, width: Width): number {
    return this.#isAddress(offset, width) ? this.#address : this.#configuration.read(this.#place(offset), width);
  }

  write(offset: number, width: Width, value: number): void {
    if (this.#isAddress(offset, width)) this.#address = value;
    else this.#configuration.write(this.#place(offset), width, value);
  }

  /** The address is a dword; data may be any part of one. */
  #isAddress(offset: number, width: Width): boolean {
    if (offset >= ADDRESS_SIZE) {
      if (offset + width > PORTS) throw new Refusal();
      return false;
    }
    if (offset !== 0 || width !== 4) throw new Refusal();
    return true;
  }

  #place(offset: number): number {
    const bdf = (this.#address >>> 8) & BDF_MASK;
    return bdf * FUNCTION_SIZE + (this.#address & REGISTER_MASK) + (offset & 3);
  }
}
