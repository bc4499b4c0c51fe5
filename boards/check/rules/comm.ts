/** The communication region: one page by which a cell finds its console, timers and interrupt controller, and gets messages. */
import { formatSize, hex } from "../../define/sizes.ts";
import type { MemoryFlag } from "../../format/words.ts";
import type { Problem, Rule } from "../finding.ts";
import { pageSize } from "../ranges.ts";
import { isComm, type Region, regionText } from "../regions.ts";
import type { CheckedCell } from "../set.ts";

/** Where the stock inmate library and our runtime look for it. */
const usualAddress = { x86: 0x100000n, arm: 0x80000000n, arm64: 0x80000000n } as const;

const needed: readonly MemoryFlag[] = ["read", "write"];
/** The others have no effect on it. */
const harmful: readonly MemoryFlag[] = ["loadable"];

export const commRules: readonly Rule[] = [
  {
    id: "no-comm-region",
    severity: "error",
    about: "A cell without a comm region.",
    consequence: "an inmate parks its CPU when it reads where its console is, with the first instructions of most",
    find: ({ cells, system }) =>
      cells
        .filter((cell) => comms(cell).length === 0)
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} has no comm region`,
          remedy: `add 4 KiB at ${hex(usualAddress[system.arch])} with the flags read, write, comm`,
        })),
  },
  {
    id: "comm-region-moved",
    severity: "error",
    about: "A comm region at another address than 0x100000 on x86 and 0x80000000 on Arm.",
    consequence:
      "inmates look for it at the usual address, as those of the stock library do: the first access parks the CPU",
    find: ({ cells, system }) =>
      cells.flatMap((cell): Problem[] => {
        const usual = usualAddress[system.arch];
        const [comm] = comms(cell);
        if (!comm || comms(cell).some(({ address }) => address === usual)) return [];
        const message = `${cell.title}: ${regionText(comm)} is not at ${hex(usual)}`;
        return [{ cells: [cell], message, remedy: "move it there" }];
      }),
  },
  {
    id: "comm-region-twice",
    severity: "warning",
    about: "A cell with several comm regions.",
    consequence: "each of them is the same page",
    find: ({ cells }) =>
      cells.flatMap((cell): Problem[] => {
        const [first, second] = comms(cell);
        if (!first || !second) return [];
        const message = `${cell.title} has ${comms(cell).length} comm regions: ${regionText(first)} and ${regionText(second)}`;
        return [{ cells: [cell], message, remedy: "leave one" }];
      }),
  },
  {
    id: "comm-region-size",
    severity: "error",
    about: "A comm region that is not one page.",
    consequence:
      "a larger one shows the cell memory of the hypervisor behind the page, accesses to a smaller one go elsewhere",
    find: ({ all }) =>
      all.flatMap((cell) =>
        comms(cell)
          .filter(({ size }) => size !== pageSize)
          .map((comm) => ({
            cells: [cell],
            message: `${cell.title}: ${regionText(comm)} has ${formatSize(comm.size)}`,
            remedy: "make it 4 KiB",
          })),
      ),
  },
  {
    id: "comm-region-flags",
    severity: "error",
    about: "A comm region without read and write, or loadable.",
    consequence:
      "without the flags the first access parks the CPU; with loadable, cell start takes the page at physical 0 from the root cell",
    find: ({ cells }) =>
      cells.flatMap((cell) =>
        comms(cell).flatMap((comm): Problem[] => {
          const missing = needed.filter((flag) => !comm.flags.includes(flag));
          const wrong = harmful.filter((flag) => comm.flags.includes(flag));
          if (missing.length + wrong.length === 0) return [];
          const parts = [
            ...(missing.length > 0 ? [`lacks ${missing.join(" and ")}`] : []),
            ...(wrong.length > 0 ? [`is ${wrong.join(" and ")}`] : []),
          ];
          const message = `${cell.title}: ${regionText(comm)} ${parts.join(" and ")}`;
          return [{ cells: [cell], message, remedy: "give it the flags read, write, comm" }];
        }),
      ),
  },
];

function comms({ regions }: CheckedCell): Region[] {
  return regions.filter(isComm);
}
