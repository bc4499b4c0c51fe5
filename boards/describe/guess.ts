/** Which board a configuration is for: a .cell file does not say. */
import { all } from "../all.ts";
import type { Board } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, MemoryRegion, SystemConfig } from "../model.ts";
import { firstDifference } from "./same.ts";

/** Less speaks for no board. */
const threshold = 2;

/**
 * The board on which the configuration would find most of what it names, and to whose own configurations it is most
 * alike: most are made by changing one of those. Undefined if it fits to none. `file` counts too, if it begins with the
 * board's name.
 */
export function guessBoard(config: CellConfig | SystemConfig, format: FormatName, file = ""): Board | undefined {
  const name = file.replace(/^.*[/\\]/, "");
  let [best, most]: [Board | undefined, number] = [undefined, threshold - 1];
  for (const board of all) {
    if (board.arch !== config.arch || !board[format]) continue;
    const named = name === `${board.name}.cell` || name.startsWith(`${board.name}-`) ? 1 : 0;
    const score = named + (config.kind === "system" ? systemScore(config, board) : cellScore(config, board, format));
    if (score > most) [best, most] = [board, score];
  }
  return best;
}

function systemScore({ rootCell, arm, debugConsole, hypervisorMemory }: SystemConfig, { system }: Board): number {
  const { memory } = system.rootCell;
  return (
    (rootCell.name === system.rootCell.name ? 1 : 0) +
    (arm?.gicdBase === system.arm?.gicdBase ? 1 : -8) +
    (debugConsole.address === system.debugConsole.address ? 1 : 0) +
    (hypervisorMemory.physical === system.hypervisorMemory.physical ? 1 : 0) +
    rootCell.memory.filter((region) => isIn(memory, region)).length
  );
}

function cellScore(cell: CellConfig, board: Board, format: FormatName): number {
  const controllers = cell.irqchips.filter(({ address }) => address > 0n);
  const known = [board.gic?.distributor, ...(board.ioapics ?? []).map(({ address }) => address)];
  if (controllers.some(({ address }) => !known.includes(address))) return 0;
  const foreign = cell.memory.filter((region) => !isThere(region, board)).length;
  const likeness = Object.values(board[format]?.cells ?? {}).map((other) => alikeness(cell, other));
  const spare = cell.memory.some((region) => isSpare(region, board)) ? 1 : 0;
  return Math.max(0, ...likeness) + spare - foreign;
}

/** Whether it is of the memory from which cells get more RAM than the stock one has. */
function isSpare({ physical, size, flags }: MemoryRegion, { inmateMemory }: Board): boolean {
  if (!inmateMemory || !flags.includes("loadable")) return false;
  return inmateMemory.physical <= physical && physical + size <= inmateMemory.physical + inmateMemory.size;
}

/** What two cells have in common; the comm region is every cell's. */
function alikeness(cell: CellConfig, other: CellConfig): number {
  const memory = cell.memory.filter(({ flags }) => !flags.includes("comm"));
  const regions = [...memory, ...cell.colored].filter((region) => isIn([...other.memory, ...other.colored], region));
  return (
    regions.length +
    (cell.console.type !== "none" && firstDifference(cell.console, other.console) === undefined ? 1 : 0) +
    (cell.vpciIrqBase > 0 && cell.vpciIrqBase === other.vpciIrqBase ? 1 : 0) +
    (cell.ports.length > 0 && firstDifference(cell.ports, other.ports) === undefined ? 1 : 0) +
    (cell.name === other.name ? 1 : 0)
  );
}

function isIn(memory: readonly MemoryRegion[], { address, physical, size }: MemoryRegion): boolean {
  return (
    size > 0n && memory.some((other) => other.address === address && other.physical === physical && other.size === size)
  );
}

/** Whether the board has a device or memory there. */
function isThere({ physical, size, flags }: MemoryRegion, { devices, system }: Board): boolean {
  const within = (start: bigint, length: bigint) => start <= physical && physical + size <= start + length;
  return (
    flags.includes("comm") ||
    Object.values(devices).some((device) => within(device.address, device.size)) ||
    system.rootCell.memory.some((region) => within(region.physical, region.size))
  );
}
