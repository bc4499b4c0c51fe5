/** A cell's console and interrupts. */
import { UserError } from "../../scripts/errors.ts";
import type { BoardFacts } from "../board.ts";
import { consoleFlags, consoleTypes } from "../format/words.ts";
import type { Console, Irqchip } from "../model.ts";
import { checkKeys, checkWord } from "./checks.ts";
import { bytesOf } from "./sizes.ts";
import type { ConsoleSpec } from "./specs.ts";

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
  checkWord(spec.type, Object.keys(consoleTypes), `${where}.type`);
  for (const flag of spec.flags ?? []) checkWord(flag, Object.keys(consoleFlags), `${where}.flags`);
  return {
    ...noConsole,
    ...spec,
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

/** The distributor's entries that hold these interrupt IDs. */
export function gicPins(board: BoardFacts, interrupts: readonly number[], where: string): Irqchip[] {
  if (interrupts.length === 0) return [];
  if (!board.gic) throw new UserError(`${where}: the board has no GIC; name the IOAPIC's pins in irqchips`);
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
  const bases = [...new Set(interrupts.map(base))].sort((a, b) => a - b);
  return bases.map((pinBase) => ({
    address: board.gic!.distributor,
    id: 0,
    pinBase,
    pins: [...new Set(interrupts)].filter((id) => base(id) === pinBase).sort((a, b) => a - b),
  }));
}
