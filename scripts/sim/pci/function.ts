/** A PCI function as a cell has it. */
import type { Device, Width } from "../device.ts";

/** Registers of a function at a cell address, as long as it answers there. */
export interface Window {
  readonly address: number;
  readonly size: number;
  readonly device: Device;
}

/** An interrupt that a function writes (PCI Local Bus 3.0, 6.8). */
export interface Message {
  /** 64 bits. */
  readonly address: bigint;
  readonly data: number;
}

/** Who takes messages: the APICs, or on Arm the GIC. */
export interface Messages {
  /** false: the hypervisor does not let the cell's functions send it. */
  isAllowed(message: Message): boolean;
  /** One that means nothing is ignored. */
  send(message: Message): void;
}

export interface PciFunction {
  /** bus << 8 | device << 3 | function */
  readonly bdf: number;
  /** Emulated by the hypervisor, at present. */
  readonly windows: readonly Window[];
  /** A dword. */
  read(offset: number): number;
  /** Within one dword. @throws Refusal */
  write(offset: number, width: Width, value: number): void;
}
