/** Regions that are not whole pages: each access to them is trapped, checked and done by the hypervisor. */
import { hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";
import { contains, pageSize } from "../ranges.ts";
import { addressesOf, isComm, isSubPage, type Region, regionText } from "../regions.ts";
import type { CheckedCell } from "../set.ts";

const widths = ["io8", "io16", "io32", "io64"] as const;
const wholePages = "make it whole pages, or remove the flag";

export const subPageRules: readonly Rule[] = [
  {
    id: "sub-page-no-width",
    severity: "warning",
    about: "A region that is not whole pages, without a width of access that is let through.",
    consequence: "any access to it parks the CPU",
    find: ({ all }) =>
      subPages(all, (region) => !widths.some((width) => region.flags.includes(width))).map(([cell, region]) => ({
        cells: [cell],
        message: `${cell.title}: ${regionText(region)} is not whole pages and has none of the flags ${widths.join(", ")}`,
        remedy: "add the widths that the device takes, mostly io32, or make it whole pages",
      })),
  },
  {
    id: "sub-page-dma",
    severity: "warning",
    about: "A region that is not whole pages, with the flag dma.",
    consequence: "it is not mapped for DMA: devices of the cell cannot reach it",
    find: ({ all }) =>
      subPages(all, ({ flags }) => flags.includes("dma")).map(([cell, region]) => ({
        cells: [cell],
        message: `${cell.title}: ${regionText(region)} has the flag dma, but is not whole pages`,
        remedy: wholePages,
      })),
  },
  {
    id: "sub-page-loadable",
    severity: "warning",
    about: "A region that is not whole pages, with the flag loadable.",
    consequence: "cell load to it parks a CPU of the root cell: the hypervisor traps the copying",
    find: ({ cells }) =>
      subPages(cells, ({ flags }) => flags.includes("loadable")).map(([cell, region]) => ({
        cells: [cell],
        message: `${cell.title}: ${regionText(region)} is loadable, but not whole pages`,
        remedy: wholePages,
      })),
  },
  {
    id: "sub-page-crosses-page",
    severity: "error",
    about: "A region that is not whole pages, begins within a physical page and ends in a later one.",
    consequence:
      "the hypervisor maps one page: an access behind it faults in the hypervisor itself or reaches other memory",
    find: ({ all }) =>
      subPages(all, ({ physical, size }) => physical % pageSize !== 0n && (physical % pageSize) + size > pageSize).map(
        ([cell, region]) => {
          const border = region.physical - (region.physical % pageSize) + pageSize;
          const message = `${cell.title}: ${regionText(region)} goes over the page border at physical ${hex(border)}`;
          return { cells: [cell], message, remedy: "make two regions of it, one to the border and one from there" };
        },
      ),
  },
  {
    id: "sub-page-of-root-lost",
    severity: "warning",
    about: "A region that is not whole pages, taken out of a larger such region of the root cell.",
    consequence: "cell create takes the whole of root's region away: any access of Linux to the rest parks its CPU",
    find: ({ cells, root }) =>
      subPages(cells, ({ flags }) => !flags.includes("rootshared")).flatMap(([cell, region]): Problem[] => {
        const taken = { start: region.physical, size: region.size };
        const outer = root.regions.find(
          (other) => isSubPage(other) && other.size > region.size && contains(addressesOf(other), taken),
        );
        if (!outer) return [];
        const message = `${cell.title}: ${regionText(region)} is a part of ${regionText(outer)} of ${root.title}`;
        const remedy = `mark it rootshared, or divide the region of ${root.title} there`;
        return [{ cells: [cell, root], message, remedy }];
      }),
  },
];

function subPages(cells: readonly CheckedCell[], which: (region: Region) => boolean): [CheckedCell, Region][] {
  return cells.flatMap((cell) =>
    cell.regions
      .filter((region) => isSubPage(region) && !isComm(region) && which(region))
      .map((region): [CheckedCell, Region] => [cell, region]),
  );
}
