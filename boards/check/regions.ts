/** A cell's regions, coloured ones too, as the rules look at them: where they are, and what findings call them. */
import { colorsOf } from "../define/colors.ts";
import { hex } from "../define/sizes.ts";
import type { CellConfig, MemoryRegion } from "../model.ts";
import { pageSize, type Range, rangeText } from "./ranges.ts";

export interface Region extends MemoryRegion {
  /** Its place in the file: "memory[2]", "colored[0]". */
  readonly label: string;
  /** With a coloured region: the pages of each period that it takes, 0 the lowest. */
  readonly colors?: readonly number[];
}

/** @param colorCount of the cache that the coloured regions divide */
export function regionsOf({ memory, colored }: CellConfig, colorCount: number): Region[] {
  return [
    ...memory.map((region, index) => ({ ...region, label: `memory[${index}]` })),
    ...colored.map((region, index) => ({
      ...region,
      label: `colored[${index}]`,
      colors: colorsOf(region.colors, colorCount),
    })),
  ];
}

export function isComm({ flags }: MemoryRegion): boolean {
  return flags.includes("comm");
}

/** Regions that are not whole pages are not mapped: the hypervisor traps and moderates each access. */
export function isSubPage({ address, size }: MemoryRegion): boolean {
  return address % pageSize !== 0n || size % pageSize !== 0n;
}

export function addressesOf({ address, size }: MemoryRegion): Range {
  return { start: address, size };
}

/** "memory[2] RAM 0x0-0xffff (physical 0x7fa00000-0x7fa0ffff)" */
export function regionText(region: Region): string {
  return `${region.label} ${regionWord(region)} ${placeText(region)}`;
}

function placeText({ address, physical, size, flags, colors }: Region): string {
  if (size === 0n) return `${hex(address)}, empty`;
  const there = rangeText({ start: address, size });
  if (colors) return `${there} (coloured, physical from ${hex(physical)})`;
  if (physical === address || flags.includes("comm")) return there;
  return `${there} (physical ${rangeText({ start: physical, size })})`;
}

function regionWord({ flags }: MemoryRegion): string {
  if (flags.includes("comm")) return "comm region";
  if (flags.includes("loadable")) return "RAM";
  return flags.includes("io") ? "device memory" : "memory";
}
