/** What the simulator's devices are made of: virtual time, wires, and registers. It knows no Node, as a browser runs it too. */

/** Virtual time: whole nanoseconds since the cell was started. */
export interface Clock {
  readonly now: number;
  /** Does something when the time has come; what is due at the same time is done in the order of the calls. */
  at(when: number, action: () => void): Alarm;
}

export interface Alarm {
  cancel(): void;
}

/** A level-sensitive line, to an interrupt controller for example. */
export type Wire = (level: boolean) => void;

export type Width = 1 | 2 | 4;

/** Registers at some address of a cell, or at some ports. A 64-bit access comes as two of 32 bits, the lower first. */
export interface Device {
  /** `offset` from the device's first register, in bytes. The result is unsigned. */
  read(offset: number, width: Width): number;
  write(offset: number, width: Width, value: number): void;
}

/** Memory that a device reaches by itself. */
export interface Bus {
  /** Throws `BusError` where the cell has nothing for the device. */
  load(address: number, length: number): Uint8Array;
  store(address: number, bytes: Uint8Array): void;
}

export class BusError extends Error {}
