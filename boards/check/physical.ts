/**
 * Physical memory of regions. A coloured region (real-time fork) takes of each period of as many pages as the cache has
 * colours those of its colours, one behind the other.
 */
import type { ColoredRegion } from "../model.ts";
import { overlap, pageSize, type Range } from "./ranges.ts";
import { isComm, type Region } from "./regions.ts";

/** Colours of the fork's boards: L2 of 1 MiB with 16 ways. No file tells; it is the size of a way / 4096. */
const usualColors = 16;

/** How many colours there must be for the masks of these regions. */
export function colorCountOf(regions: readonly ColoredRegion[]): number {
  const needed = Math.max(0, ...regions.map(({ colors }) => colors.toString(2).length));
  return needed > usualColors ? 2 ** Math.ceil(Math.log2(needed)) : usualColors;
}

/** Where a region's memory is; of a coloured one the span over which its pages are spread. The comm region has none. */
export function physicalOf(region: Region, colorCount: number): Range {
  const { physical, size, colors } = region;
  if (isComm(region)) return { start: 0n, size: 0n };
  if (!colors) return { start: physical, size };
  const period = pageSize * BigInt(colorCount);
  const perPeriod = pageSize * BigInt(colors.length || 1);
  return { start: physical, size: ((size + perPeriod - 1n) / perPeriod) * period };
}

/** What of a range belongs to the region. */
export function memoryIn(range: Range, region: Region, colorCount: number): Range | undefined {
  const common = overlap(physicalOf(region, colorCount), range);
  return common && haveCommonPage([region], common, colorCount) ? common : undefined;
}

/** Whether a page of the range, which all regions span, is of a colour that each of them has. */
export function haveCommonPage(regions: readonly Region[], range: Range, colorCount: number): boolean {
  if (regions.every(({ colors }) => colors === undefined)) return true;
  const first = range.start / pageSize;
  const last = (range.start + range.size - 1n) / pageSize;
  // After a whole period the colours repeat.
  for (let page = first; page <= last && page < first + BigInt(colorCount); page++) {
    if (regions.every((region) => hasPage(region, page, colorCount))) return true;
  }
  return false;
}

/** Periods count from where the region begins. */
function hasPage({ physical, colors }: Region, page: bigint, colorCount: number): boolean {
  return colors === undefined || colors.includes(Number((page - physical / pageSize) % BigInt(colorCount)));
}
