/** A cell's console and interrupts. */
import { UserError } from "../../scripts/errors.ts";
import type { BoardFacts } from "../board.ts";
import { consoleTypes, rtConsoleFlags, rtConsoleTypes } from "../format/words.ts";
import type { Console, Irqchip } from "../model.ts";
import { checkKeys, checkList, checkWord, flagList } from "./checks.ts";
import { bytesOf } from "./sizes.ts";
import type { ConsoleSpec, IrqchipSpec } from "./specs.ts";

export const noConsole: Console = {
  type: "none",
  flags: [],
  address: 0n,
  size: 0,
  divider: 0,
  gateNr: 0,
  clockReg: 0n,
};

export function consoleOf(spec: ConsoleSpec, where: string): Console {
  checkKeys(spec, Object.keys(noConsole), where);
  checkWord(spec.type, Object.keys({ ...consoleTypes, ...rtConsoleTypes }), `${where}.type`);
  return {
    ...noConsole,
    ...spec,
    flags: flagList(spec.flags ?? [], rtConsoleFlags, `${where}.flags`),
    address: bytesOf(spec.address ?? 0, `${where}.address`),
    size: Number(bytesOf(spec.size ?? 0, `${where}.size`)),
    clockReg: bytesOf(spec.clockReg ?? 0, `${where}.clockReg`),
  };
}

/** SPIs begin at 32; those below belong to every cell. 1020 and above are no interrupts (GICv3 spec 2.2). */
const firstSpi = 32;
const endOfSpis = 1020;
/** Pins of one entry in the file. */
const pinsPerChip = 128;

/** The entries that hold these interrupts: the distributor's, as many as it takes, or the first IOAPIC's. */
export function irqchipsFor(board: BoardFacts, interrupts: readonly number[], where: string): Irqchip[] {
  if (interrupts.length === 0) return [];
  return board.arch === "x86" ? [ioapicEntry(board, interrupts, where)] : gicEntries(board, interrupts, where);
}

function ioapicEntry({ ioapics }: BoardFacts, inputs: readonly number[], where: string): Irqchip {
  const [first] = ioapics ?? [];
  if (!first) {
    throw new UserError(`${where}: the board names no IOAPIC; add ioapics: [{ address: 0xfec00000, id: … }] to it`);
  }
  for (const input of inputs) {
    if (Number.isInteger(input) && input >= 0 && input < pinsPerChip) continue;
    throw new UserError(`${where}: ${input} is no input of an IOAPIC; they are 0 to ${pinsPerChip - 1}`);
  }
  return { ...first, pinBase: 0, pins: sorted(inputs) };
}

function gicEntries({ gic }: BoardFacts, interrupts: readonly number[], where: string): Irqchip[] {
  if (!gic) throw new UserError(`${where}: the board has no gic; add gic: { version: 3, distributor: … } to it`);
  for (const id of interrupts) {
    if (id < firstSpi) {
      throw new UserError(
        `${where}: ${id} is an SGI or PPI, which every cell has; leave it out (SPI ${id} is ID ${id + 32})`,
      );
    }
    if (!Number.isInteger(id) || id >= endOfSpis) {
      throw new UserError(`${where}: ${id} is no interrupt ID; SPIs are ${firstSpi} to ${endOfSpis - 1}`);
    }
  }
  const base = (id: number) => id - ((id - firstSpi) % pinsPerChip);
  return sorted(interrupts.map(base)).map((pinBase) => ({
    address: gic.distributor,
    id: 0,
    pinBase,
    pins: sorted(interrupts.filter((id) => base(id) === pinBase)),
  }));
}

/** An entry that the cell spells out. */
export function irqchipOf(board: BoardFacts, spec: IrqchipSpec, where: string): Irqchip {
  checkKeys(spec, ["address", "id", "pinBase", "pins"], where);
  checkList(spec.pins, "interrupt numbers", `${where}.pins`);
  const home = board.gic?.distributor ?? board.ioapics?.[0]?.address ?? 0n;
  const address = spec.address === undefined ? home : bytesOf(spec.address, `${where}.address`);
  const id = spec.id ?? board.ioapics?.find((ioapic) => ioapic.address === address)?.id ?? 0;
  return { address, id, pinBase: spec.pinBase ?? 0, pins: sorted(spec.pins) };
}

/** Each number once. */
function sorted(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
