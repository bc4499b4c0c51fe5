/** Interrupts of Arm's GIC: what a cell lists as its own, and what its devices need. IOAPICs are in x86.ts. */
import { formatNumbers } from "../../define/checks.ts";
import { hex } from "../../define/sizes.ts";
import type { Irqchip } from "../../model.ts";
import { parseBdf } from "../../pci-address.ts";
import type { Problem, Rule } from "../finding.ts";
import { endpointsOf } from "../sections.ts";
import { type CheckedCell, type ConfigurationSet, pairs } from "../set.ts";

const firstSpi = 32;
/** IDs from here on mean something else (Arm GIC architecture specification, "Interrupt types"). */
const beyondSpis = 1020;
/** An entry of the file names up to 128 interrupts; the hypervisor knows 1024. */
const pinsOfEntry = 128;
const mostPins = 1024;

export const interruptRules: readonly Rule[] = [
  {
    id: "irqchip-not-distributor",
    severity: "warning",
    about: "Interrupts of an interrupt controller that is not the system's (Arm).",
    consequence: "the hypervisor ignores the entry: the cell does not get the interrupts",
    find: (set) =>
      everyEntry(set, set.all, (entry) => {
        const gicd = set.system.arm?.gicdBase ?? 0n;
        if (entry.address === gicd || entry.pins.length === 0) return undefined;
        const message = `has ${interruptsText(entry.pins)} of a controller at ${hex(entry.address)}; the GIC's distributor is at ${hex(gicd)}`;
        return [message, `write ${hex(gicd)}`];
      }),
  },
  {
    id: "pin-base",
    severity: "error",
    about: "A first pin that is no multiple of 32, or so high that the entry goes beyond 1024 interrupts (Arm).",
    consequence: "cell create fails with EINVAL; in a system, jailhouse enable does",
    find: (set) =>
      everyEntry(set, set.all, ({ pinBase, address }) => {
        if (address !== set.system.arm?.gicdBase) return undefined;
        if (pinBase % 32 === 0 && pinBase + pinsOfEntry <= mostPins) return undefined;
        return [`has interrupts from ${pinBase} on`, `begin at a multiple of 32, up to ${mostPins - pinsOfEntry}`];
      }),
  },
  {
    id: "interrupt-private",
    severity: "error",
    about: "SGIs or PPIs, interrupts below 32, among those of a cell (Arm).",
    consequence:
      "every cell has its own anyway; naming them takes them from Linux on a GICv2: it can no longer mask or unmask them",
    find: (set) =>
      everyCell(set, (cell) => {
        const own = interruptsOf(set, cell).filter((id) => id < firstSpi);
        if (own.length === 0) return undefined;
        return [
          `lists ${interruptsText(own)}: SGIs or PPIs, which are each CPU's own`,
          `list SPIs only, ${firstSpi} and up`,
        ];
      }),
  },
  {
    id: "interrupt-beyond-gic",
    severity: "error",
    about: "Interrupts from 1020 on (Arm).",
    consequence: "the GIC has no such interrupts: they never come",
    find: (set) =>
      everyCell(set, (cell) => {
        const beyond = interruptsOf(set, cell).filter((id) => id >= beyondSpis);
        if (beyond.length === 0) return undefined;
        return [`lists ${interruptsText(beyond)}`, `SPIs are ${firstSpi} to ${beyondSpis - 1}: SPI n has ID n + 32`];
      }),
  },
  {
    id: "interrupt-not-in-root",
    severity: "warning",
    about: "Interrupts that the root cell does not have (Arm).",
    consequence: "cell create does not refuse it: if a number is wrong, that interrupt never comes",
    find: (set) => {
      const root = interruptsOf(set, set.root);
      return everyCell(set, (cell) => {
        const missing = interruptsOf(set, cell).filter((id) => id >= firstSpi && id < beyondSpis && !root.includes(id));
        if (missing.length === 0) return undefined;
        const message = `lists ${interruptsText(missing)}, which ${set.root.title} does not have`;
        return [message, `add them to ${set.root.title}, or correct the numbers (SPI n has ID n + 32)`];
      });
    },
  },
  {
    id: "interrupt-in-two-cells",
    severity: "error",
    about: "An interrupt in two cells (Arm).",
    consequence: "cell create does not refuse it: it goes to one of them, and each can mask it for the other",
    find: (set) =>
      pairs(set.cells).flatMap(([a, b]): Problem[] => {
        const others = interruptsOf(set, b);
        const common = interruptsOf(set, a).filter((id) => id >= firstSpi && others.includes(id));
        if (common.length === 0) return [];
        const message = `${a.title} and ${b.title} both list ${interruptsText(common)}`;
        return [{ cells: [a, b], message, remedy: "leave it to one of them" }];
      }),
  },
  {
    id: "ivshmem-interrupt-missing",
    severity: "error",
    about: "An ivshmem device whose INTx interrupt is not among the cell's (Arm).",
    consequence: "the cell cannot enable the interrupt: it does not notice what its peers send",
    find: (set) =>
      set.all.flatMap((cell) =>
        endpointsOf(cell).flatMap(({ device }): Problem[] => {
          if (!set.system.arm || device.msixVectors > 0) return [];
          const pin = ((parseBdf(device.bdf) ?? 0) >> 3) & 3;
          const id = firstSpi + cell.config.vpciIrqBase + pin;
          if (interruptsOf(set, cell).includes(id)) return [];
          const message = `${cell.title}: ivshmem device ${device.bdf} raises INT${"ABCD"[pin]}, interrupt ${id}, which is not among the cell's`;
          return [
            { cells: [cell], message, remedy: `add interrupt ${id}, or change the interrupt of the virtual PCI bus` },
          ];
        }),
      ),
  },
];

/** GIC interrupt IDs that the hypervisor takes from the file. */
function interruptsOf({ system }: ConfigurationSet, { config }: CheckedCell): number[] {
  if (!system.arm) return [];
  return config.irqchips.filter(({ address }) => address === system.arm?.gicdBase).flatMap(({ pins }) => pins);
}

/** A problem for each entry of which `find` says what is wrong and what to do. */
function everyEntry(
  { system }: ConfigurationSet,
  cells: readonly CheckedCell[],
  find: (entry: Irqchip) => readonly [string, string] | undefined,
): Problem[] {
  if (!system.arm) return [];
  return cells.flatMap((cell) =>
    cell.config.irqchips.flatMap((entry): Problem[] => {
      const found = find(entry);
      return found ? [{ cells: [cell], message: `${cell.title} ${found[0]}`, remedy: found[1] }] : [];
    }),
  );
}

/** The same for each cell but root's. */
function everyCell(
  { cells }: ConfigurationSet,
  find: (cell: CheckedCell) => readonly [string, string] | undefined,
): Problem[] {
  return cells.flatMap((cell): Problem[] => {
    const found = find(cell);
    return found ? [{ cells: [cell], message: `${cell.title} ${found[0]}`, remedy: found[1] }] : [];
  });
}

/** "interrupt 144", "interrupts 144-147" */
function interruptsText(ids: readonly number[]): string {
  return `${ids.length === 1 ? "interrupt" : "interrupts"} ${formatNumbers(ids)}`;
}
