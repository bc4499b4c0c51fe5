/** Cache colours, and regions of memory that take some of them (real-time fork). */
import { UserError } from "../../scripts/errors.ts";
import type { BoardFacts } from "../board.ts";
import type { ColoredRegion } from "../model.ts";
import { checkKeys, checkList } from "./checks.ts";
import { regionOf } from "./memory.ts";
import type { ColoredSpec } from "./specs.ts";

export function coloredOf(board: BoardFacts, spec: ColoredSpec, where: string): ColoredRegion {
  checkKeys(spec, ["address", "physical", "size", "flags", "colors", "of"], where);
  const { colors, of, ...region } = spec;
  checkList(colors, "colours", `${where}.colors`);
  const count = of ?? board.colors;
  if (count === undefined) {
    throw new UserError(
      `${where}: the board does not say how many colours its cache has; add of: 16, the size of a way of the last shared cache / 4096`,
    );
  }
  if (colors.length === 0) throw new UserError(`${where}: colors is empty; name at least one of 0 to ${count - 1}`);
  for (const color of colors) {
    if (Number.isInteger(color) && color >= 0 && color < count) continue;
    throw new UserError(`${where}: ${color} is no colour; the cache has 0 to ${count - 1}`);
  }
  return { ...regionOf(region, where), colors: colorMask(colors, count) };
}

/** The file's mask of these colours, of `count`: colour 0, the lowest page of each period, is the highest bit. */
export function colorMask(colors: readonly number[], count: number): bigint {
  return colors.reduce((mask, color) => mask | (1n << BigInt(count - 1 - color)), 0n);
}

/** The colours of a mask, the lowest page's first. Bits beyond the cache's `count` colours have no effect. */
export function colorsOf(mask: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, color) => color).filter((color) => (mask >> BigInt(count - 1 - color)) & 1n);
}
