/** The UART that a cell is told to use. */
import { hex } from "../../define/sizes.ts";
import type { MemoryFlag } from "../../format/words.ts";
import type { Problem, Rule } from "../finding.ts";
import { contains, type Range } from "../ranges.ts";
import { addressesOf, isSubPage } from "../regions.ts";
import type { CheckedCell, ConfigurationSet } from "../set.ts";

/** From so much RAM on it is taken for a cell of Linux, which finds its console in its device tree. */
const linuxRam = 16n << 20n;
/** Registers of an 8250 behind I/O ports. */
const portCount = 8;

export const consoleRules: readonly Rule[] = [
  {
    id: "no-console",
    severity: "warning",
    about: "A cell with less than 16 MiB of RAM that has neither a console nor the hypervisor's.",
    consequence: "an inmate prints nothing unless its command line names a UART (con-type=…)",
    find: (set) =>
      inmates(set)
        .filter(({ config }) => config.console.type === "none" && !config.flags.some((flag) => virtual.includes(flag)))
        .map((cell) => ({
          cells: [cell],
          message: `${cell.title} has no console`,
          remedy: "name its UART, or set the flag virtual-console-permitted",
        })),
  },
  {
    id: "console-not-mapped",
    severity: "error",
    about: "A cell with less than 16 MiB of RAM whose console is where it has no memory to read and write.",
    consequence: "the first output parks the CPU",
    find: (set) =>
      inmates(set).flatMap((cell): Problem[] => {
        const { type, address, flags } = cell.config.console;
        if (type === "none" || type === "EFIFB" || usesPorts(set, cell)) return [];
        const wide = flags.includes("regdist4");
        const size = wide ? 4n : 1n;
        if (reaches(cell, { start: address, size }, wide ? "io32" : "io8")) return [];
        const message = `${cell.title} has its console (${type}) at ${hex(address)}, where it cannot read and write ${wide ? 32 : 8} bits`;
        const remedy = `add the UART's page with the flags read, write, io, rootshared, or choose another console`;
        return [{ cells: [cell], message, remedy }];
      }),
  },
  {
    id: "console-clock-not-mapped",
    severity: "error",
    about:
      "A cell with less than 16 MiB of RAM whose console's clock is where it has no memory to read and write 32 bits.",
    consequence: "an inmate switches the clock on first and parks its CPU by that",
    find: (set) =>
      inmates(set).flatMap((cell): Problem[] => {
        const { clockReg, gateNr } = cell.config.console;
        if (clockReg === 0n || reaches(cell, { start: clockReg, size: 4n }, "io32")) return [];
        const message = `${cell.title} has its console's clock at bit ${gateNr} of ${hex(clockReg)}, where it cannot read and write 32 bits`;
        const remedy = "add the register as 4 bytes with the flags read, write, io, io32, or leave the clock to root";
        return [{ cells: [cell], message, remedy }];
      }),
  },
  {
    id: "console-ports-missing",
    severity: "error",
    about: "A cell with less than 16 MiB of RAM whose console is at I/O ports that it does not have.",
    consequence: "the first output parks the CPU",
    find: (set) =>
      inmates(set).flatMap((cell): Problem[] => {
        const { type, address } = cell.config.console;
        if (type === "none" || !usesPorts(set, cell)) return [];
        const ports = { start: address, size: BigInt(portCount) };
        const has = cell.config.ports.map(({ base, length }) => ({ start: BigInt(base), size: BigInt(length) }));
        if (has.some((range) => contains(range, ports))) return [];
        const message = `${cell.title} has its console (${type}) at port ${hex(address)}, but not the ${portCount} ports from there`;
        return [{ cells: [cell], message, remedy: "add the ports, or choose another console" }];
      }),
  },
];

const virtual: readonly string[] = ["virtual-console-permitted", "virtual-console-active"];

/** Cells that are not for Linux. */
function inmates({ cells }: ConfigurationSet): CheckedCell[] {
  const ram = ({ regions }: CheckedCell) =>
    regions.filter(({ flags }) => flags.includes("loadable")).reduce((sum, { size }) => sum + size, 0n);
  return cells.filter((cell) => ram(cell) < linuxRam);
}

function usesPorts({ system }: ConfigurationSet, { config }: CheckedCell): boolean {
  return system.arch === "x86" && !config.console.flags.includes("mmio");
}

/** Whether the cell can read and write there; in a region that is not whole pages by accesses of `width`. */
function reaches({ regions }: CheckedCell, registers: Range, width: MemoryFlag): boolean {
  return regions.some(
    (region) =>
      contains(addressesOf(region), registers) &&
      region.flags.includes("read") &&
      region.flags.includes("write") &&
      (!isSubPage(region) || region.flags.includes(width)),
  );
}
