/** What a region says, and loading into it. */
import { formatSize, hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";
import { contains, endOf, firstGap, overlap, pageSize, type Range, rangeText } from "../ranges.ts";
import { addressesOf, isComm, isSubPage, type Region, regionText } from "../regions.ts";
import { endpointsOf } from "../sections.ts";
import type { CheckedCell, ConfigurationSet } from "../set.ts";

/** Bits of an address that the hypervisor's page tables of a cell can tell apart. */
const addressBits = { x86: 48, arm: 40, arm64: 48 } as const;

export const memoryRules: readonly Rule[] = [
  {
    id: "address-too-wide",
    severity: "error",
    about: "A region beyond the addresses that page tables know: 48 bits, 40 on 32-bit Arm.",
    consequence: "the region is mapped at its address without the upper bits, over whatever is there",
    find: (set) => {
      const bits = addressBits[set.system.arch];
      return everyRegion(set.all, (region) => {
        if (endOf(addressesOf(region)) <= 1n << BigInt(bits)) return undefined;
        return [`${regionText(region)} ends beyond ${bits} bits of address`, "move or shrink it"];
      });
    },
  },
  {
    id: "physical-not-at-page",
    severity: "error",
    about: "Whole pages of a cell that do not begin at a page of physical memory.",
    consequence: "the hypervisor maps from the beginning of the physical page: the cell sees everything shifted",
    find: ({ all }) =>
      everyRegion(all, (region) => {
        if (isSubPage(region) || isComm(region) || region.physical % pageSize === 0n) return undefined;
        const page = region.physical - (region.physical % pageSize);
        return [`${regionText(region)} begins within a physical page`, `begin at physical ${hex(page)}`];
      }),
  },
  {
    id: "region-unreadable",
    severity: "warning",
    about: "A region without the flag read.",
    consequence: "a read parks the CPU; on Intel so does any access, since there is no write without read",
    find: ({ all }) =>
      everyRegion(all, (region) => {
        if (region.size === 0n || region.flags.includes("read")) return undefined;
        return [`${regionText(region)} lacks the flag read`, "add it"];
      }),
  },
  {
    id: "region-empty",
    severity: "warning",
    about: "A region of no size that has an address or flags and is no section of an ivshmem device.",
    consequence: "nothing is mapped: any access there parks the CPU",
    find: ({ all }) =>
      all.flatMap((cell) => {
        const placeholders = new Set(endpointsOf(cell).flatMap(({ sections }) => sections));
        return everyRegion([cell], (region) => {
          const means = region.physical !== 0n || region.address !== 0n || region.flags.length > 0;
          if (region.size > 0n || !means || placeholders.has(region)) return undefined;
          return [regionText(region), "give it a size, or drop it"];
        });
      }),
  },
  {
    id: "root-not-one-to-one",
    severity: "warning",
    about: "A region of the root cell at another address than its physical one.",
    consequence:
      "memory that a cell takes from it stays with Linux too: the hypervisor unmaps it at its physical address",
    find: ({ root }) =>
      everyRegion([root], (region) => {
        if (region.colors || isComm(region) || region.physical === region.address) return undefined;
        return [`${regionText(region)} is not one to one`, `move it to ${hex(region.physical)}`];
      }),
  },
  {
    id: "ram-not-in-root",
    severity: "error",
    about: "A cell whose RAM, where it starts, is in no writable region of the root cell.",
    consequence: "the first cell load faults the root cell: the CPU of Linux that copies the image is parked",
    find: (set) =>
      unloadable(set, (cell, region, gap) => contains(gap, { start: physicalOfReset(cell, region), size: 1n })),
  },
  {
    id: "loadable-not-in-root",
    severity: "warning",
    about: "Other loadable memory that is in no writable region of the root cell.",
    consequence:
      "cell load of an image that reaches there faults the root cell: the CPU of Linux that copies it is parked",
    find: (set) =>
      unloadable(set, (cell, region, gap) => !contains(gap, { start: physicalOfReset(cell, region), size: 1n })),
  },
  {
    id: "loadable-rootshared",
    severity: "warning",
    about: "Loadable memory with the flag rootshared.",
    consequence: "cell start takes it from the root cell all the same: what Linux keeps there faults",
    find: ({ cells }) =>
      everyRegion(cells, (region) => {
        if (!region.flags.includes("loadable") || !region.flags.includes("rootshared")) return undefined;
        return [`${regionText(region)} is loadable and rootshared`, "remove one of the flags"];
      }),
  },
  {
    id: "no-ram-at-reset",
    severity: "error",
    about: "A reset address where the cell has no memory to execute.",
    consequence: "the CPU is parked with its first instruction: the cell fails when it starts",
    find: ({ cells, system }) =>
      cells.flatMap((cell): Problem[] => {
        const { resetAddress } = cell.config;
        const region = regionAt(cell, resetAddress);
        const at = `${cell.title} starts at ${hex(resetAddress)}, where`;
        const runs = !region || system.arch !== "x86" || region.flags.includes("execute");
        if (region && runs) return [];
        const message = region ? `${at} ${regionText(region)} lacks the flag execute` : `${at} it has no memory`;
        return [{ cells: [cell], message, remedy: region ? "add it" : "move the reset address or the RAM" }];
      }),
  },
  {
    id: "reset-not-loadable",
    severity: "warning",
    about: "Memory at the reset address that images cannot be loaded to.",
    consequence: "cell load to the reset address fails with EINVAL: the cell starts with what is there",
    find: ({ cells }) =>
      cells.flatMap((cell): Problem[] => {
        const region = regionAt(cell, cell.config.resetAddress);
        if (!region || (region.flags.includes("loadable") && region.flags.includes("write"))) return [];
        const lacking = (["write", "loadable"] as const).filter((flag) => !region.flags.includes(flag));
        const message = `${cell.title} starts in ${regionText(region)}, which lacks ${lacking.join(" and ")}`;
        return [{ cells: [cell], message, remedy: "add what is missing, or move the reset address to the RAM" }];
      }),
  },
];

/** Whole pages that contain the address. Others cannot be executed: the hypervisor traps what is read there. */
function regionAt({ regions }: CheckedCell, address: bigint): Region | undefined {
  return regions.find((region) => !isSubPage(region) && contains(addressesOf(region), { start: address, size: 1n }));
}

/** Where the cell's first instruction would be if the region contained it. */
function physicalOfReset({ config }: CheckedCell, { address, physical }: Region): bigint {
  return physical + config.resetAddress - address;
}

/** Loadable regions with a part that root cannot write. Coloured ones the hypervisor itself maps for root. */
function unloadable(
  { cells, root }: ConfigurationSet,
  which: (cell: CheckedCell, region: Region, gap: Range) => boolean,
): Problem[] {
  const ranges = (regions: readonly Region[]) => regions.map(({ physical, size }) => ({ start: physical, size }));
  const plain = root.regions.filter(({ colors }) => !colors);
  const writable = ranges(plain.filter(({ flags }) => flags.includes("write")));
  return cells.flatMap((cell) =>
    cell.regions.flatMap((region): Problem[] => {
      if (!region.flags.includes("loadable") || isComm(region) || region.colors) return [];
      const gap = firstGap({ start: region.physical, size: region.size }, writable);
      if (!gap || !which(cell, region, gap)) return [];
      const there = plain.find(({ physical, size }) => overlap({ start: physical, size }, gap));
      const lacks = there
        ? `${root.title} has physical ${rangeText(gap)} only in ${regionText(there)}, without the flag write`
        : `no region of ${root.title} has physical ${rangeText(gap)}`;
      const message = `${cell.title}: ${regionText(region)} is loadable, but ${lacks}`;
      const remedy = there
        ? `move the RAM to memory that ${root.title} can write`
        : `give ${root.title} the ${formatSize(gap.size)} there, or move the RAM to memory that it can write`;
      return [{ cells: [cell, root], message, remedy }];
    }),
  );
}

/** A problem for each region of which `find` says what is wrong and what to do. */
function everyRegion(
  cells: ConfigurationSet["all"],
  find: (region: Region, cell: CheckedCell) => readonly [string, string] | undefined,
): Problem[] {
  return cells.flatMap((cell) =>
    cell.regions.flatMap((region): Problem[] => {
      const found = find(region, cell);
      return found ? [{ cells: [cell], message: `${cell.title}: ${found[0]}`, remedy: found[1] }] : [];
    }),
  );
}
