/** Cache colours of the real-time fork: which pages of each period of physical memory a region is made of. */
import { formatNumbers } from "../define/checks.ts";
import { colorsOf } from "../define/colors.ts";
import { hex } from "../define/sizes.ts";
import type { ColoredRegion } from "../model.ts";
import { sizeText } from "./text.ts";

/** Colours of the ZCU102, which the fork's coloured cells are for; a file does not say how many there are. */
const usualCount = 16;
const page = 4096n;

/** "■■■■············": colour 0, the lowest page of each period, comes first. */
export function colorStrip(colors: readonly number[], count: number): string {
  return Array.from({ length: count }, (_, color) => (colors.includes(color) ? "■" : "·")).join("");
}

/** "colours 0-3 of 16". */
export function colorText(mask: bigint, count = usualCount): string {
  const colors = colorsOf(mask, count);
  if (colors.length === 0) return `no colour of ${count}`;
  return `${colors.length === 1 ? "colour" : "colours"} ${formatNumbers(colors)} of ${count}`;
}

/** Where a coloured region is: of each period of `count` pages it takes those of its colours. */
export function colorDetails({ physical, size, colors: mask }: ColoredRegion, count = usualCount): string[] {
  const colors = colorsOf(mask, count);
  const lines = [`${colorText(mask, count)}  ${colorStrip(colors, count)}`];
  if (colors.length === 0) return [...lines, "no memory at all"];
  const share = BigInt(colors.length);
  const span = (size * BigInt(count)) / share;
  return [
    ...lines,
    `physical from ${hex(physical)}: ${sizeText(share * page)} of every ${sizeText(BigInt(count) * page)}, over ${sizeText(span)}`,
  ];
}
