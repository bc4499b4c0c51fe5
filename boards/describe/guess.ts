/** Which board a configuration is for: a .cell file does not say. */
import { all } from "../all.ts";
import type { Board } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, MemoryRegion, SystemConfig } from "../model.ts";

/** What speaks for a board must outweigh what speaks against it by this much. */
const threshold = 4;

/**
 * The board on which the configuration would find most of what it names: interrupt controller, console, memory and
 * devices; undefined if none fits. `file` counts too, if it begins with the board's name.
 */
export function guessBoard(config: CellConfig | SystemConfig, format: FormatName, file = ""): Board | undefined {
  const name = file.replace(/^.*[/\\]/, "");
  const scored = all
    .filter((board) => board.arch === config.arch && board[format])
    .map((board) => ({
      board,
      score:
        (config.kind === "system" ? systemScore(config, board) : cellScore(config, board)) + nameScore(name, board),
    }))
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best && best.score >= threshold ? best.board : undefined;
}

function nameScore(file: string, { name }: Board): number {
  return file === `${name}.cell` || file.startsWith(`${name}-`) || file.startsWith(`${name}.`) ? 3 : 0;
}

function systemScore({ rootCell, arm, debugConsole, hypervisorMemory }: SystemConfig, { system }: Board): number {
  return (
    (rootCell.name === system.rootCell.name ? 3 : 0) +
    (arm?.gicdBase === system.arm?.gicdBase ? 1 : -8) +
    (debugConsole.address === system.debugConsole.address ? 1 : 0) +
    (hypervisorMemory.physical === system.hypervisorMemory.physical ? 2 : 0)
  );
}

function cellScore(cell: CellConfig, board: Board): number {
  const controllers = cell.irqchips.filter(({ address }) => address > 0n);
  const known = [board.gic?.distributor, ...(board.ioapics ?? []).map(({ address }) => address)];
  const foreign = controllers.some(({ address }) => !known.includes(address));
  const { console } = cell;
  const consoles = Object.values(board.consoles).filter(
    ({ type, address }) => type === console.type && address === console.address,
  );
  const memory = cell.memory.filter(({ flags, size }) => size > 0n && !flags.includes("comm"));
  return (
    (foreign ? -8 : controllers.length > 0 ? 2 : 0) +
    (console.type !== "none" && consoles.length > 0 ? 2 : 0) +
    memory.reduce((sum, region) => sum + regionScore(region, board), 0)
  );
}

/** A region of the root cell or a device there speaks for the board; memory that root does not have, against it. */
function regionScore({ physical, size }: MemoryRegion, { devices, system }: Board): number {
  const within = (outer: { address: bigint; size: bigint }) =>
    outer.address <= physical && physical + size <= outer.address + outer.size;
  if (Object.values(devices).some(within)) return 2;
  return system.rootCell.memory.some((region) => within({ address: region.physical, size: region.size })) ? 1 : -2;
}
