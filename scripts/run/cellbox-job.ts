/** What the monitor gets through QEMU's fw_cfg: a description of the run, and each cell's configuration and images. */

import { memoryFlags } from "../../boards/format/words.ts";
import { type Board, type CellConfig, encodeCell, type MemoryFlag } from "../../boards/index.ts";
import { emulationOf, type Machine } from "./cellbox-machine.ts";
import type { CellJob, RunOptions } from "./target.ts";

export interface CellboxOptions extends RunOptions {
  /** Goes on when all cells have ended, so that they can be started again. */
  readonly hold?: boolean;
  /** `load` is going to be called; as with `hold`, the machine goes on. */
  readonly reloadable?: boolean;
  /** The comm region has another revision than inmates know. */
  readonly wrongRevision?: boolean;
}

/** A file for `-fw_cfg name=…`. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FLAG_HOLD = 1;
const FLAG_RT = 2;
const FLAG_WRONG_REVISION = 4;
const NEVER = (1n << 64n) - 1n;
const BOARD_WORDS = 8;
const HEADER_SIZE = 56 + 8 * BOARD_WORDS;
const COLORED_SIZE = 40;

export function filesFor(jobs: readonly CellJob[], machine: Machine, options: CellboxOptions): NamedFile[] {
  const cells = jobs.flatMap((job, i): NamedFile[] => {
    const name = `opt/jh-inmate/cell${i}`;
    const cell = machine.cells[i] as CellConfig;
    const images = job.images.map(({ bytes }, n) => ({ name: `${name}/image${n}`, bytes }));
    const colored = cell.colored.length > 0 ? [{ name: `${name}/colored`, bytes: coloredRegions(cell) }] : [];
    return [{ name, bytes: encodeCell(inMainline(cell)) }, ...colored, ...images];
  });
  return [{ name: "opt/jh-inmate/run", bytes: describe(jobs, machine, options) }, ...cells];
}

/** The fork's console type of this number has another name in mainline. */
function inMainline(cell: CellConfig): CellConfig {
  const { type } = cell.console;
  return { ...cell, colored: [], console: { ...cell.console, type: type === "S32-LINFLEX" ? "IMX-LPUART" : type } };
}

/** As the fork's files have them: physical address, cell address, size, flags, colours. */
function coloredRegions({ colored }: CellConfig): Uint8Array {
  const bytes = new Uint8Array(COLORED_SIZE * colored.length);
  const view = new DataView(bytes.buffer);
  colored.forEach(({ physical, address, size, flags, colors }, i) => {
    const longs = [physical, address, size, flagBits(flags), colors];
    longs.forEach((long, n) => view.setBigUint64(COLORED_SIZE * i + 8 * n, long, true));
  });
  return bytes;
}

function flagBits(flags: readonly MemoryFlag[]): bigint {
  return flags.reduce((bits, flag) => bits | BigInt(memoryFlags[flag][0]), 0n);
}

/** The layout is runtime/cellbox/run.ts's. */
function describe(jobs: readonly CellJob[], machine: Machine, options: CellboxOptions): Uint8Array {
  const [first] = jobs;
  if (!first) throw new Error("no job");
  const addresses = jobs.flatMap((job) => job.images.map(({ address }) => address));
  const bytes = new Uint8Array(HEADER_SIZE + 8 * jobs.length + 8 * addresses.length);
  const view = new DataView(bytes.buffer);
  const isRt = (options.entry ?? first.format) === "rt";
  const system = systemOf(first.board, isRt);
  const flags =
    (options.hold || options.reloadable ? FLAG_HOLD : 0) |
    (isRt ? FLAG_RT : 0) |
    (options.wrongRevision ? FLAG_WRONG_REVISION : 0);
  const words = [jobs.length, machine.cpus, flags, system.pciMmconfigEndBus];
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  const boardWords = emulationOf(jobs).words(first.board, options);
  const longs = [
    milliseconds(options.seconds),
    milliseconds(options.shutdownAfter),
    system.pciMmconfigBase,
    system.hypervisorMemory.size,
    ...Array.from({ length: BOARD_WORDS }, (_, i) => boardWords[i] ?? 0n),
    BigInt(first.board.colors ?? 0),
  ];
  longs.forEach((long, i) => view.setBigUint64(16 + 8 * i, long, true));
  jobs.forEach((job, i) => view.setUint32(HEADER_SIZE + 8 * i, job.images.length, true));
  addresses.forEach((address, i) => view.setBigUint64(HEADER_SIZE + 8 * (jobs.length + i), address, true));
  return bytes;
}

/** The board's system configuration, of which cells see some. */
function systemOf({ system, rt }: Board, isRt: boolean) {
  return isRt ? (rt?.system ?? system) : system;
}

function milliseconds(seconds: number | undefined): bigint {
  return seconds === undefined ? NEVER : BigInt(Math.round(seconds * 1000));
}
