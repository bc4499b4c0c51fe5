/**
 * Where the emulated machine has what a cell's configuration places on its board. A board of QEMU's has everything where it is. Of another board
 * the RAM is put together behind the monitor, and each of its devices is absent: the monitor plays the UART, and what else there is reads as zero.
 */
import type { Board, CellConfig, ColoredRegion, MemoryRegion } from "../../boards/index.ts";
import { colorsOf } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import type { CellJob } from "./target.ts";

/** Physical addresses from here on are of devices that the machine lacks (runtime/cellbox/cell-file.ts). */
export const ABSENT = 1n << 47n;

/** Blocks of stage 2; each period of colours divides it. */
const ALIGNMENT = 2n << 20n;
const PAGE = 4096n;

/** [start, end) of physical memory. */
export interface Span {
  readonly start: bigint;
  readonly end: bigint;
}

export interface Placement {
  /** The cells as the machine has them, in the order of the jobs. */
  readonly cells: readonly CellConfig[];
  /** Where on the board is what the machine has at a physical address. */
  readonly boardAddress: (physical: bigint) => bigint;
}

/** RAM goes to `start` and behind it. */
export function place(jobs: readonly CellJob[], start: bigint): Placement {
  const [first] = jobs;
  if (first === undefined || first.board.qemu)
    return { cells: jobs.map(({ cell }) => cell), boardAddress: (physical) => physical };
  const { board } = first;
  const moves = pack(merge(jobs.flatMap((job) => ramOf(job))), start);
  const moved = (physical: bigint) => {
    const move = moves.find(({ from }) => physical >= from.start && physical < from.end);
    return move ? physical - move.from.start + move.to : physical;
  };
  const placed = (region: MemoryRegion): MemoryRegion => {
    if (isRam(board, region)) return { ...region, physical: moved(region.physical) };
    return isNothing(region) ? region : { ...region, physical: ABSENT + region.physical };
  };
  return {
    cells: jobs.map(({ cell }) => ({
      ...cell,
      memory: cell.memory.map(placed),
      colored: cell.colored.map((region) => ({ ...region, physical: moved(region.physical) })),
    })),
    boardAddress: (physical) => {
      const move = moves.find(({ from, to }) => physical >= to && physical < to + from.end - from.start);
      return move ? physical - move.to + move.from.start : physical;
    },
  };
}

function ramOf({ board, cell }: CellJob): Span[] {
  const plain = cell.memory.filter((region) => isRam(board, region));
  return [
    ...plain.map(({ physical, size }) => ({ start: physical, end: physical + size })),
    ...cell.colored.map((region) => coloredSpan(region, colorCount(board, cell))),
  ];
}

/** What of a job's memory is a device that the machine lacks, in words. */
export function absentDevices({ board, cell }: CellJob): string[] {
  if (board.qemu) return [];
  const uart = uartOf(board)?.address;
  return cell.memory
    .filter((region) => !isNothing(region) && !isRam(board, region) && region.physical !== uart)
    .map(({ physical, address, size }) => {
      const { type, address: at } = cell.console;
      const isConsole = type !== "none" && at >= address && at < address + size;
      const device = `cell ${cell.name}: ${nameAt(board, physical)} at 0x${physical.toString(16)}`;
      return isConsole
        ? `${device}, its console, is not in the emulated machine: what it prints there is lost`
        : `${device} is not in the emulated machine: it reads as zero`;
    });
}

/** UARTs that the monitor plays: their numbers are those of runtime/cellbox/arm64/absent.ts. */
const UARTS = { XUARTPS: 1, "S32-LINFLEX": 2 } as const;

/** The board's UART for cells, if the monitor can play it. */
export function uartOf({ consoles, devices }: Board): { readonly model: bigint; readonly address: bigint } | undefined {
  const { type = "none", address } = consoles.inmate ?? {};
  if (type in UARTS && address !== undefined) return { model: BigInt(UARTS[type as keyof typeof UARTS]), address };
  // The S32V234's cells have no console, but its page.
  const linflex = devices.linflex0;
  return linflex && { model: BigInt(UARTS["S32-LINFLEX"]), address: linflex.address };
}

/** How many colours the board's cache has. @throws UserError if it does not say. */
export function colorCount(board: Board, { name }: CellConfig): number {
  if (board.colors !== undefined) return board.colors;
  throw new UserError(
    `cell ${name}: coloured memory needs the number of colours of its board's cache, and ${board.name} does not say it; run it on a board that does, or with --on exec:CMD`,
  );
}

/** From where a coloured region begins to behind its last period, which the fork maps as a whole. */
export function coloredSpan({ physical, size, colors }: ColoredRegion, count: number): Span {
  const share = BigInt(colorsOf(colors, count).length) * PAGE;
  const periods = (size + share - 1n) / share;
  return { start: physical, end: physical + periods * BigInt(count) * PAGE };
}

/** The pages of a coloured region, those of each period that adjoin as one span. */
export function coloredPages(region: ColoredRegion, count: number): Span[] {
  const colors = colorsOf(region.colors, count);
  const { start, end } = coloredSpan(region, count);
  const pages: { start: bigint; end: bigint }[] = [];
  for (let period = start; period < end; period += BigInt(count) * PAGE) {
    for (const color of colors) {
      const page = period + BigInt(color) * PAGE;
      const last = pages.at(-1);
      if (last?.end === page) last.end += PAGE;
      else pages.push({ start: page, end: page + PAGE });
    }
  }
  return pages;
}

/** Not a device: shared memory, which is mapped like one, is in RAM that Linux has. */
function isRam(board: Board, region: MemoryRegion): boolean {
  if (isNothing(region)) return false;
  const { physical, size, flags } = region;
  const { system, mainline, rt } = board;
  const systems = [system, ...Object.values(mainline?.systems ?? {}), ...Object.values(rt?.systems ?? {})];
  const linuxs = systems.flatMap(({ rootCell }) => rootCell.memory.filter((root) => !root.flags.includes("io")));
  const inLinux = (root: MemoryRegion) => root.physical <= physical && physical + size <= root.physical + root.size;
  return !flags.includes("io") || linuxs.some(inLinux);
}

/** The comm region is the monitor's, and a section of no bytes nobody's. */
function isNothing({ size, flags }: MemoryRegion): boolean {
  return flags.includes("comm") || size === 0n;
}

/** The smallest device that has this address. */
function nameAt({ devices }: Board, physical: bigint): string {
  const having = Object.entries(devices).filter(
    ([, { address, size }]) => physical >= address && physical < address + size,
  );
  const [nearest] = having.sort(([, a], [, b]) => (a.size < b.size ? -1 : 1));
  return nearest?.[0] ?? "a device";
}

/** Spans of whole blocks, sorted, none touching the next. */
function merge(spans: readonly Span[]): Span[] {
  const whole = spans
    .map(({ start, end }) => ({ start: down(start), end: down(end + ALIGNMENT - 1n) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const merged: { start: bigint; end: bigint }[] = [];
  for (const span of whole) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = span.end > last.end ? span.end : last.end;
    else merged.push(span);
  }
  return merged;
}

function down(address: bigint): bigint {
  return address - (address % ALIGNMENT);
}

/** One behind the other. */
function pack(spans: readonly Span[], start: bigint): { from: Span; to: bigint }[] {
  let next = start;
  return spans.map((from) => {
    const to = next;
    next += from.end - from.start;
    return { from, to };
  });
}
