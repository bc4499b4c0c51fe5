/** What of QEMU's virt machine a cell can have, and how big the machine must be for it. */
import type { CellConfig, MemoryRegion } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { checkConflicts } from "./cellbox-conflicts.ts";
import type { CellJob } from "./target.ts";

/** The monitor and its tables lie at the start of RAM (runtime/cellbox/arm64/link.ld, pool.ts). */
const RAM_START = 0x40000000n;
const MONITOR_END = 0x42000000n;
/** A page of 4 KiB costs the host memory only when it is touched, but the whole is reserved. */
const RAM_END = RAM_START + (8n << 30n);
const SMALLEST_RAM = 128n << 20n;
const MIB = 1n << 20n;

/** Stage 2 has 44 bits of cell address (runtime/cellbox/arm64/stage2.ts). */
const CELL_ADDRESS_END = 1n << 44n;

/**
 * By GIC version: the highest CPU of a cell, and how many CPUs the machine can have, one of which is the monitor's. A GICv2 knows eight; with a
 * GICv3 it is as many as the monitor has stacks for (runtime/cellbox/arm64/frame.h).
 */
const CPUS = { 2: { highest: 7, most: 8 }, 3: { highest: 15, most: 17 } } as const;

/** Devices that the monitor itself uses, so that no cell can have them. */
const TAKEN: readonly { readonly what: string; readonly start: bigint; readonly end: bigint }[] = [
  { what: "the interrupt controller, which cellbox emulates", start: 0x08000000n, end: 0x09000000n },
  { what: "QEMU's fw_cfg, which cellbox uses itself", start: 0x09020000n, end: 0x09021000n },
  { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x10000000n, end: RAM_START },
  { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x4010000000n, end: 0x4020000000n },
];

export interface Machine {
  readonly gicVersion: 2 | 3;
  readonly cpus: number;
  /** Bytes of RAM, whole MiB. */
  readonly ram: bigint;
}

/** @throws UserError if the cells want what the machine does not have, or two of them the same. */
export function machineFor(jobs: readonly CellJob[]): Machine {
  const gicVersion = gicVersionOf(jobs);
  for (const { cell } of jobs) {
    if (cell.flags.includes("aarch32")) throw new UserError(`cell ${cell.name}: cellbox runs no AArch32 cells`);
    if (cell.colored.length > 0) {
      throw new UserError(
        `cell ${cell.name}: cellbox has no cache and gives no memory by colours; write the RAM as memory, or use --on exec:CMD`,
      );
    }
    if (cell.cpus.length === 0) throw new UserError(`cell ${cell.name} has no CPU: give it one, as in cpus: [1]`);
  }
  const cpus = cpusFor(jobs, gicVersion);
  const ends = jobs.flatMap(({ cell }) => cell.memory.map((region, i) => checkRegion(cell, region, i)));
  checkConflicts(jobs);
  const end = ends.reduce((a, b) => (a > b ? a : b), RAM_START + SMALLEST_RAM);
  return { gicVersion, cpus, ram: ((end - RAM_START + MIB - 1n) / MIB) * MIB };
}

function gicVersionOf(jobs: readonly CellJob[]): 2 | 3 {
  for (const { board } of jobs) {
    const version = board.arch === "arm64" ? board.system.arm?.gicVersion : undefined;
    if (version !== 2 && version !== 3) {
      throw new UserError(`cellbox emulates arm64 boards: ${board.name} is none, use --on exec:CMD for it`);
    }
  }
  const [first, ...others] = jobs;
  const other = others.find(({ board }) => board.name !== first?.board.name);
  if (other) {
    throw new UserError(
      `cells that run together are on one board: ${first?.name} is for ${first?.board.name}, ${other.name} for ${other.board.name}; choose with --board`,
    );
  }
  return first?.board.system.arm?.gicVersion === 2 ? 2 : 3;
}

/** The monitor gets the lowest CPU that no cell has. */
function cpusFor(jobs: readonly CellJob[], gicVersion: 2 | 3): number {
  const cpus = jobs.flatMap(({ cell }) => cell.cpus);
  const { highest, most } = CPUS[gicVersion];
  for (const { cell } of jobs) {
    const missing = cell.cpus.find((cpu) => cpu > highest);
    if (missing !== undefined) {
      throw new UserError(
        `cell ${cell.name}: there is no CPU ${missing}, cellbox with a GICv${gicVersion} has 0 to ${highest}`,
      );
    }
  }
  const count = Math.max(Math.max(...cpus) + 1, new Set(cpus).size + 1);
  if (count > most) {
    throw new UserError(
      `cellbox with a GICv${gicVersion} has ${most} CPUs and needs one of them for itself: leave one to it`,
    );
  }
  return count;
}

/** Where the region ends if it is in RAM, else 0. */
function checkRegion(cell: CellConfig, region: MemoryRegion, index: number): bigint {
  if (region.size === 0n || region.flags.includes("comm")) return 0n;
  const start = region.physical;
  const end = start + region.size;
  const refuse = (why: string): never => {
    throw new UserError(`cell ${cell.name}: memory region ${index} (physical ${range(start, end)}) ${why}`);
  };
  if (region.address + region.size > CELL_ADDRESS_END)
    refuse(`ends beyond the cell addresses of cellbox, 0x${CELL_ADDRESS_END.toString(16)}`);
  const taken = TAKEN.find((device) => start < device.end && end > device.start);
  if (taken) refuse(`is ${taken.what}`);
  if (end <= RAM_START && region.flags.includes("io")) return 0n;
  if (start < MONITOR_END && end > RAM_START)
    refuse(`overlaps the monitor of cellbox at ${range(RAM_START, MONITOR_END)}`);
  if (start < RAM_START || end > RAM_END) refuse(`lies outside the RAM of cellbox, ${range(MONITOR_END, RAM_END)}`);
  return end;
}

/** @throws UserError if an image does not lie in one region that can be loaded, as `jailhouse cell load` demands. */
export function checkImages({ name, cell, images }: CellJob): void {
  for (const { address, bytes } of images) {
    const region = cell.memory.find((r) => address >= r.address && address < r.address + r.size);
    const end = address + BigInt(bytes.length);
    const fits =
      region?.flags.includes("write") && region.flags.includes("loadable") && end <= region.address + region.size;
    if (fits) continue;
    const where = region ? `its region ${range(region.address, region.address + region.size)}` : "any of its memory";
    throw new UserError(
      `${name}: ${bytes.length} bytes at ${range(address, end)} do not fit into cell ${cell.name}: not writable and loadable as a whole in ${where}`,
    );
  }
}

/** The first and the last byte, for an end that lies behind it. */
export function range(start: bigint, end: bigint): string {
  return `0x${start.toString(16)}-0x${(end - 1n).toString(16)}`;
}
