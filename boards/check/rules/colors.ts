/** Coloured memory (real-time fork): cells that share no colour do not evict each other's lines of the cache. */
import { formatNumbers } from "../../define/checks.ts";
import { formatSize, hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";
import { pageSize } from "../ranges.ts";
import { type Region, regionText } from "../regions.ts";
import { type ConfigurationSet, pairs } from "../set.ts";

export const colorRules: readonly Rule[] = [
  {
    id: "colors-none",
    severity: "error",
    about: "A coloured region of no colour that the cache has.",
    consequence:
      "cell create hangs: the hypervisor looks for memory of such a colour for ever, and all CPUs of root wait",
    find: (set) =>
      everyColored(set, (region, colors) => {
        if (colors.length > 0) return undefined;
        return [`${regionText(region)} has none of the cache's ${set.colorCount} colours`, "name at least one"];
      }),
  },
  {
    id: "colors-size",
    severity: "warning",
    about: "A coloured region whose size is no multiple of 4 KiB for each of its colours.",
    consequence: "the hypervisor maps whole periods: the cell gets memory behind the region that may be another's",
    find: (set) =>
      everyColored(set, (region, colors) => {
        const unit = pageSize * BigInt(colors.length || 1);
        if (region.size % unit === 0n) return undefined;
        return [
          `${regionText(region)} has ${formatSize(region.size)} in ${colorsText(colors)}`,
          `make it a multiple of ${formatSize(unit)}`,
        ];
      }),
  },
  {
    id: "colors-alignment",
    severity: "error",
    about: "A coloured region that does not begin at a period of colours.",
    consequence: "the hypervisor counts colours from where the region begins: it takes other colours than named",
    find: (set) =>
      everyColored(set, (region) => {
        const period = pageSize * BigInt(set.colorCount);
        if (region.physical % period === 0n) return undefined;
        const start = region.physical - (region.physical % period);
        return [`${regionText(region)} is not aligned to ${formatSize(period)}`, `begin at physical ${hex(start)}`];
      }),
  },
  {
    id: "colors-shared",
    severity: "warning",
    about: "Coloured regions of two cells, root's included, with a colour in common.",
    consequence: "the cells evict each other's lines of the cache: the times of one depend on the other",
    find: ({ all }) =>
      pairs(all).flatMap(([a, b]): Problem[] => {
        const colorsOf = (regions: readonly Region[]) => new Set(regions.flatMap(({ colors }) => colors ?? []));
        const others = colorsOf(b.regions);
        const common = [...colorsOf(a.regions)].filter((color) => others.has(color));
        if (common.length === 0) return [];
        const message = `${a.title} and ${b.title} both have memory of ${colorsText(common)}`;
        return [{ cells: [a, b], message, remedy: "give each its own colours" }];
      }),
  },
];

/** A problem for each coloured region of which `find` says what is wrong and what to do. */
function everyColored(
  { all }: ConfigurationSet,
  find: (region: Region, colors: readonly number[]) => readonly [string, string] | undefined,
): Problem[] {
  return all.flatMap((cell) =>
    cell.regions.flatMap((region): Problem[] => {
      const found = region.colors && find(region, region.colors);
      return found ? [{ cells: [cell], message: `${cell.title}: ${found[0]}`, remedy: found[1] }] : [];
    }),
  );
}

/** "colour 3", "colours 0-3" */
function colorsText(colors: readonly number[]): string {
  return `${colors.length === 1 ? "colour" : "colours"} ${formatNumbers(colors)}`;
}
