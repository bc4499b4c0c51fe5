/** Memory that lies over other memory of the same cell or of another one. */
import type { Problem, Rule } from "../finding.ts";
import { sharedMemory } from "../physical.ts";
import { overlap, rangeText } from "../ranges.ts";
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
      all.flatMap((cell) => overlaps(cell, (a, b) => isSubPage(a) === isSubPage(b) && !sameThere(a, b))),
  },
  {
    id: "regions-doubled",
    severity: "warning",
    about: "Two regions of a cell with the same memory at the same addresses.",
    consequence: "where they overlap, the flags of the region that is later in the file count",
    find: ({ all }) =>
      all.flatMap((cell) => overlaps(cell, (a, b) => isSubPage(a) === isSubPage(b) && sameThere(a, b))),
  },
  {
    id: "sub-page-hidden",
    severity: "warning",
    about: "A region that is not whole pages, over one that is.",
    consequence: "the whole pages are mapped, so that nothing is trapped: there the smaller region has no effect",
    find: ({ all }) => all.flatMap((cell) => overlaps(cell, (a, b) => isSubPage(a) !== isSubPage(b))),
  },
  {
    id: "memory-twice",
    severity: "warning",
    about: "Physical memory that a cell has at two addresses.",
    consequence: "what the cell writes at one address changes at the other",
    find: ({ all, colorCount }) =>
      all.flatMap((cell) =>
        pairs(cell.regions).flatMap(([a, b]): Problem[] => {
          const common = sharedMemory(a, b, colorCount);
          if (!common || overlap(addressesOf(a), addressesOf(b))) return [];
          const message = `${cell.title}: ${regionText(a)} and ${regionText(b)} both have physical ${rangeText(common)}`;
          return [{ cells: [cell], message, remedy: separate }];
        }),
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
        a.regions.flatMap((mine) =>
          b.regions.flatMap((other): Problem[] => {
            const common = sharedMemory(mine, other, colorCount);
            if (!common || (isRootshared(mine) && isRootshared(other))) return [];
            if (linkedBy(a, mine).some((bdf) => linkedBy(b, other).includes(bdf))) return [];
            const message =
              `${a.title} and ${b.title} both have physical ${rangeText(common)}: ` +
              `${regionText(mine)} and ${regionText(other)}`;
            const remedy = 'give each cell its own, or mark both regions "rootshared" to share them';
            return [{ cells: [a, b], message, remedy }];
          }),
        ),
      ),
  },
];

function overlaps(cell: CheckedCell, which: (a: Region, b: Region) => boolean): Problem[] {
  return pairs(cell.regions).flatMap(([a, b]): Problem[] => {
    const common = overlap(addressesOf(a), addressesOf(b));
    if (!common || !which(a, b)) return [];
    const message = `${cell.title}: ${regionText(a)} and ${regionText(b)} overlap at ${rangeText(common)}`;
    return [{ cells: [cell], message, remedy: separate }];
  });
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
