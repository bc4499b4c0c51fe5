/** Memory that lies over other memory of the same cell or of another one. */
import type { Problem, Rule } from "../finding.ts";
import { haveCommonPage, physicalOf } from "../physical.ts";
import { overlap, overlaps, type Range, rangeText } from "../ranges.ts";
import { addressesOf, isComm, isSubPage, type Region, regionText } from "../regions.ts";
import { endpointsOf } from "../sections.ts";
import { type CheckedCell, pairs } from "../set.ts";

const separate = "move or shrink one of them";

export const overlapRules: readonly Rule[] = [
  {
    id: "regions-overlap",
    severity: "error",
    about: "Two regions of a cell over each other in the cell's addresses.",
    consequence: "where they overlap, the cell sees the memory of the region that is later in the file",
    find: ({ all }) =>
      all.flatMap((cell) => addressOverlaps(cell, (a, b) => isSubPage(a) === isSubPage(b) && !sameThere(a, b))),
  },
  {
    id: "regions-doubled",
    severity: "warning",
    about: "Two regions of a cell with the same memory at the same addresses.",
    consequence: "where they overlap, the flags of the region that is later in the file count",
    find: ({ all }) =>
      all.flatMap((cell) => addressOverlaps(cell, (a, b) => isSubPage(a) === isSubPage(b) && sameThere(a, b))),
  },
  {
    id: "sub-page-hidden",
    severity: "warning",
    about: "A region that is not whole pages, over one that is.",
    consequence: "the whole pages are mapped, so that nothing is trapped: there the smaller region has no effect",
    find: ({ all }) => all.flatMap((cell) => addressOverlaps(cell, (a, b) => isSubPage(a) !== isSubPage(b))),
  },
  {
    id: "memory-twice",
    severity: "warning",
    about: "Physical memory that a cell has at two addresses.",
    consequence: "what the cell writes at one address changes at the other",
    find: ({ all, colorCount }) =>
      all.flatMap((cell) =>
        physicalOverlaps(cell.regions, colorCount)
          .filter(([a, b]) => !overlap(addressesOf(a), addressesOf(b)))
          .map(([a, b, common]) => ({
            cells: [cell],
            message: `${cell.title}: ${regionText(a)} and ${regionText(b)} both have physical ${rangeText(common)}`,
            remedy: separate,
          })),
      ),
  },
  {
    id: "memory-in-two-cells",
    severity: "error",
    about:
      "Physical memory of two cells that is neither rootshared in both nor a section of an ivshmem link of theirs.",
    consequence:
      "cell create does not refuse it: each cell can change the other's memory, and destroying one gives it to the root cell too",
    find: ({ cells, colorCount }) =>
      pairs(cells).flatMap(([a, b]) =>
        physicalOverlaps([...a.regions, ...b.regions], colorCount)
          .filter(([mine, other]) => a.regions.includes(mine) && b.regions.includes(other))
          .filter(([mine, other]) => !(isRootshared(mine) && isRootshared(other)))
          .filter(([mine, other]) => !linkedBy(a, mine).some((bdf) => linkedBy(b, other).includes(bdf)))
          .map(([mine, other, common]) => ({
            cells: [a, b],
            message:
              `${a.title} and ${b.title} both have physical ${rangeText(common)}: ` +
              `${regionText(mine)} and ${regionText(other)}`,
            remedy: 'give each cell its own, or mark both regions "rootshared" to share them',
          })),
      ),
  },
];

function addressOverlaps(cell: CheckedCell, which: (a: Region, b: Region) => boolean): Problem[] {
  return overlaps(cell.regions, addressesOf)
    .filter(([a, b]) => which(a, b))
    .map(([a, b, common]) => ({
      cells: [cell],
      message: `${cell.title}: ${regionText(a)} and ${regionText(b)} overlap at ${rangeText(common)}`,
      remedy: separate,
    }));
}

/** Each two regions with memory in common. */
function physicalOverlaps(regions: readonly Region[], colorCount: number): [Region, Region, Range][] {
  return overlaps(regions, (region) => physicalOf(region, colorCount)).filter(([a, b, common]) =>
    haveCommonPage([a, b], common, colorCount),
  );
}

/** Whether both have the same physical memory at each address that they have in common. */
function sameThere(a: Region, b: Region): boolean {
  return !isComm(a) && !isComm(b) && !a.colors && !b.colors && a.physical - a.address === b.physical - b.address;
}

function isRootshared({ flags }: Region): boolean {
  return flags.includes("rootshared");
}

/** The links that the region is a section of. */
function linkedBy(cell: CheckedCell, region: Region): string[] {
  return endpointsOf(cell)
    .filter(({ sections }) => sections.includes(region))
    .map(({ device }) => device.bdf);
}
