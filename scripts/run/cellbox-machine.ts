/** How big the machine must be that QEMU emulates for some cells, and whether it has what they want. */
import type { Duplex } from "node:stream";
import type { Arch, Board, CellConfig } from "../../boards/index.ts";
import type { ToolName } from "../doctor/tools.ts";
import { UserError } from "../errors.ts";
import { arm64 } from "./cellbox-arm64.ts";
import { checkConflicts } from "./cellbox-conflicts.ts";
import type { CellboxOptions } from "./cellbox-job.ts";
import { range } from "./cellbox-regions.ts";
import { x86 } from "./cellbox-x86.ts";
import type { CellJob } from "./target.ts";

export interface Machine {
  readonly cpus: number;
  /** Bytes of RAM, whole MiB, and where it begins. */
  readonly ram: bigint;
  readonly ramStart: bigint;
  /** The cells as they lie in it, in the order of the jobs. */
  readonly cells: readonly CellConfig[];
  /** Where on the board is what lies at a physical address; without it, at the same. */
  readonly boardAddress?: (physical: bigint) => bigint;
  /** On Arm. */
  readonly gicVersion?: 2 | 3;
  /** QEMU's arguments for devices that the cells have. */
  readonly devices?: readonly string[];
}

/** What cellbox emulates for an architecture: a kind of machine, and the monitor for it. */
export interface Emulation {
  readonly platform: "cellbox-arm64" | "cellbox-x86";
  readonly qemu: ToolName;
  /** @throws UserError if the cells want what the machine does not have. */
  machine(jobs: readonly CellJob[]): Machine;
  /** QEMU's arguments but for character devices (`messages`, `commands`, `console`), files, clock and debugger. */
  args(monitor: string, machine: Machine): string[];
  /** At most eight words of the run's description that only this machine's monitor knows. */
  words(board: Board, options: CellboxOptions): readonly bigint[];
  /** What is not as on the board. */
  notes?(jobs: readonly CellJob[]): readonly string[];
  /** What gdb talks to about this job, where QEMU's stub does not see a cell's memory as the cell does. */
  stub?(qemu: Duplex, job: CellJob, tables: () => bigint | undefined): Duplex;
  /** Whose pins cells may not share: the GICD or the IOAPIC. */
  interruptController(board: Board): bigint | undefined;
  /** Devices that cells share because the monitor gives each its own copy, as [start, end) of physical memory. */
  readonly shared: readonly { readonly start: bigint; readonly end: bigint }[];
}

const EMULATIONS: Partial<Record<Arch, Emulation>> = { arm64, x86 };

/** @throws UserError if nothing emulates the board of these jobs. */
export function emulationOf([first]: readonly CellJob[]): Emulation {
  const board = first?.board;
  const emulation = board && EMULATIONS[board.arch];
  if (!emulation) {
    throw new UserError(`cellbox emulates arm64 and x86 boards: ${board?.name} is none, use --on exec:CMD for it`);
  }
  return emulation;
}

/** @throws UserError if the cells want what the machine does not have, or two of them the same. */
export function machineFor(jobs: readonly CellJob[]): Machine {
  const emulation = emulationOf(jobs);
  const [first, ...others] = jobs;
  const other = others.find(({ board }) => board.name !== first?.board.name);
  if (other) {
    throw new UserError(
      `cells that run together are on one board: ${first?.name} is for ${first?.board.name}, ${other.name} for ${other.board.name}; choose with --board`,
    );
  }
  for (const { cell } of jobs) {
    if (cell.cpus.length === 0) throw new UserError(`cell ${cell.name} has no CPU: give it one, as in cpus: [1]`);
  }
  const machine = emulation.machine(jobs);
  checkConflicts(jobs, emulation.shared);
  return machine;
}

/** Where a load goes: the first region with its address decides (jailhouse-abi 3.1), coloured ones come last. */
export function loadInto(cell: CellConfig, address: bigint, length: number) {
  const region = [...cell.memory, ...cell.colored].find((r) => address >= r.address && address < r.address + r.size);
  const end = address + BigInt(length);
  const fits =
    region?.flags.includes("write") && region.flags.includes("loadable") && end <= region.address + region.size;
  return { region, end, fits };
}

/** @throws UserError if an image does not lie in one region that can be loaded, as `jailhouse cell load` demands. */
export function checkImages({ name, cell, images }: CellJob): void {
  for (const { address, bytes } of images) {
    const { region, end, fits } = loadInto(cell, address, bytes.length);
    if (fits) continue;
    const where = region ? `its region ${range(region.address, region.address + region.size)}` : "any of its memory";
    throw new UserError(
      `${name}: ${bytes.length} bytes at ${range(address, end)} do not fit into cell ${cell.name}: not writable and loadable as a whole in ${where}`,
    );
  }
}
