/** Where cells' memory regions may lie in an emulated machine. */
import type { CellConfig, MemoryRegion } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { coloredSpan } from "./cellbox-placement.ts";

const MIB = 1n << 20n;

export interface Layout {
  /** RAM that cells can have, whatever the run; the monitor lies between `ramStart` and `monitorEnd`. */
  readonly ramStart: bigint;
  readonly monitorEnd: bigint;
  readonly ramEnd: bigint;
  /** A page of 4 KiB costs the host memory only when it is touched, but the whole is reserved. */
  readonly smallestRam: bigint;
  /** The tables from cell addresses to physical ones end here. */
  readonly cellAddressEnd: bigint;
  /** Devices that the monitor itself uses, so that no cell can have them. */
  readonly taken: readonly { readonly what: string; readonly start: bigint; readonly end: bigint }[];
  /** Whether a region outside of RAM is a device's. */
  isDevice(region: MemoryRegion): boolean;
}

/** Bytes of RAM, whole MiB, for all regions of these cells. @throws UserError if one lies elsewhere. */
export function ramFor(cells: readonly CellConfig[], layout: Layout, colors = 0): bigint {
  const { ramStart, smallestRam } = layout;
  const ends = cells.flatMap((cell) => {
    const colored = cell.colored.map((region) => {
      const { start, end } = coloredSpan(region, colors);
      return { ...region, size: end - start };
    });
    return [...cell.memory, ...colored].map((region, i) => checkRegion(cell, region, i, layout));
  });
  const end = ends.reduce((a, b) => (a > b ? a : b), ramStart + smallestRam);
  return ((end - ramStart + MIB - 1n) / MIB) * MIB;
}

/** Where the region ends if it is in RAM, else 0. */
function checkRegion(cell: CellConfig, region: MemoryRegion, index: number, layout: Layout): bigint {
  if (region.size === 0n || region.flags.includes("comm")) return 0n;
  const start = region.physical;
  const end = start + region.size;
  const { ramStart, monitorEnd, ramEnd, cellAddressEnd } = layout;
  const refuse = (why: string): never => {
    throw new UserError(`cell ${cell.name}: memory region ${index} (physical ${range(start, end)}) ${why}`);
  };
  if (region.address + region.size > cellAddressEnd)
    refuse(`ends beyond the cell addresses of cellbox, 0x${cellAddressEnd.toString(16)}`);
  const taken = layout.taken.find((device) => start < device.end && end > device.start);
  if (taken) refuse(`is ${taken.what}`);
  if (layout.isDevice(region)) return 0n;
  if (start < monitorEnd && end > ramStart) refuse(`overlaps the monitor of cellbox at ${range(ramStart, monitorEnd)}`);
  if (start < ramStart || end > ramEnd) refuse(`lies outside the RAM of cellbox, ${range(monitorEnd, ramEnd)}`);
  return end;
}

/** The first and the last byte, for an end that lies behind it. */
export function range(start: bigint, end: bigint): string {
  return `0x${start.toString(16)}-0x${(end - 1n).toString(16)}`;
}
