/** The devices that count a DRAM controller's traffic. */
import { Apm } from "./apm.ts";
import type { Dram } from "./dram.ts";
import { Mmdc } from "./mmdc.ts";

/** Registers of 32 bits; `time` in ns. */
export interface Monitor {
  read(offset: number, time: number): number;
  write(offset: number, value: number, time: number): void;
}

/** Where a board has one, and of which of its controllers. */
export interface MonitorPlace {
  readonly kind: keyof typeof KINDS;
  readonly address: number;
  readonly bank: number;
}

export interface PlacedMonitor {
  readonly address: number;
  readonly size: number;
  readonly registers: Monitor;
}

const KINDS = { mmdc: Mmdc, apm: Apm } as const;
const SIZE = 0x1000;

export function monitorsOf(places: readonly MonitorPlace[], drams: readonly Dram[], MHz: number): PlacedMonitor[] {
  return places.map(({ kind, address, bank }) => ({
    address,
    size: SIZE,
    registers: new KINDS[kind](drams[bank] as Dram, MHz),
  }));
}
