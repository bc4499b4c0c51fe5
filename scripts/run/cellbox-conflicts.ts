/** What two cells of a run cannot both have. */
import type { Board, MemoryRegion } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { colorCount, coloredPages } from "./cellbox-placement.ts";
import { range } from "./cellbox-regions.ts";
import type { CellJob } from "./target.ts";

/** Address of a board's interrupt controller. */
type Controller = (board: Board) => bigint | undefined;

interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * `shared`: memory that all can have, because the monitor gives each cell its own copy.
 * @throws UserError that names both cells.
 */
export function checkConflicts(jobs: readonly CellJob[], shared: readonly Range[]): void {
  for (const [a, b] of pairs(jobs)) {
    const cpu = a.cell.cpus.find((n) => b.cell.cpus.includes(n));
    if (cpu !== undefined) {
      throw new UserError(
        `${called(a)} and ${called(b)} both have CPU ${cpu}: give each cell its own, as in cpus: [2]`,
      );
    }
    checkMemory(a, b, shared);
    if (a.cell.name === b.cell.name) {
      throw new UserError(
        `${a.name} and ${b.name} are both in a cell called ${a.cell.name}: Jailhouse knows cells by name, give one another`,
      );
    }
  }
}

/** Regions that the root cell keeps, too, are there to be shared. */
function checkMemory(a: CellJob, b: CellJob, shared: readonly Range[]): void {
  for (const [i, mine] of regionsOf(a).entries()) {
    for (const [n, other] of regionsOf(b).entries()) {
      if (!overlap(mine, other, shared) || (isShared(mine) && isShared(other))) continue;
      throw new UserError(
        `${called(a)} and ${called(b)} have the same memory: region ${i} (physical ${rangeOf(mine)}) and region ${n} ` +
          `(physical ${rangeOf(other)}) overlap; give each cell its own, or mark both regions "rootshared" to share them`,
      );
    }
  }
}

/**
 * Words for each interrupt that two cells have, which real Jailhouse lets both use. Here it is the first one's: else one
 * cell could silence the other.
 */
export function sharedInterrupts(jobs: readonly CellJob[], controllerOf: Controller): string[] {
  const lines = pairs(jobs).flatMap(([a, b]) => {
    const others = interruptsOf(b, controllerOf);
    return interruptsOf(a, controllerOf)
      .filter((id) => others.includes(id))
      .map((id) => `interrupt ${id} is in the cells of ${a.name} and ${b.name}: here ${a.name} alone has it`);
  });
  return [...new Set(lines)];
}

function interruptsOf({ cell, board }: CellJob, controllerOf: Controller): number[] {
  const controller = controllerOf(board);
  return cell.irqchips.filter(({ address }) => address === controller).flatMap(({ pins }) => pins);
}

/** A region, and what it has of physical memory, in ascending order. */
interface Place extends MemoryRegion {
  readonly pages: readonly Range[];
}

function regionsOf({ board, cell }: CellJob): Place[] {
  return [
    ...cell.memory.map((region) => ({
      ...region,
      pages: [{ start: region.physical, end: region.physical + region.size }],
    })),
    ...cell.colored.map((region) => ({ ...region, pages: coloredPages(region, colorCount(board, cell)) })),
  ];
}

function overlap(a: Place, b: Place, shared: readonly Range[]): boolean {
  if (a.flags.includes("comm") || b.flags.includes("comm")) return false;
  for (let i = 0, n = 0; i < a.pages.length && n < b.pages.length; ) {
    const [mine, other] = [a.pages[i] as Range, b.pages[n] as Range];
    const start = mine.start > other.start ? mine.start : other.start;
    const end = mine.end < other.end ? mine.end : other.end;
    if (start < end && !shared.some((range) => start >= range.start && end <= range.end)) return true;
    if (mine.end < other.end) i++;
    else n++;
  }
  return false;
}

function isShared({ flags }: MemoryRegion): boolean {
  return flags.includes("rootshared");
}

function rangeOf({ pages }: Place): string {
  return range(pages[0]?.start ?? 0n, pages.at(-1)?.end ?? 0n);
}

function called({ name, cell }: CellJob): string {
  return name === cell.name ? `cell ${name}` : `${name} (cell ${cell.name})`;
}

function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));
}
