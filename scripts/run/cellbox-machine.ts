/** What of QEMU's virt machine a cell can have, and how big the machine must be for it. */
import type { CellConfig, MemoryRegion } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
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

/** CPUs for which the monitor has stacks (runtime/cellbox/arm64/frame.h); one of them is its own. */
const MOST_CPUS = 8;

/** Devices that the monitor itself uses, so that no cell can have them. */
const TAKEN: readonly { readonly what: string; readonly start: bigint; readonly end: bigint }[] = [
  { what: "the interrupt controller, which cellbox emulates", start: 0x08000000n, end: 0x09000000n },
  { what: "QEMU's fw_cfg, which cellbox uses itself", start: 0x09020000n, end: 0x09021000n },
  { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x10000000n, end: RAM_START },
  { what: "QEMU's PCI bus, which cellbox uses itself", start: 0x4010000000n, end: 0x4020000000n },
];

export interface Machine {
  readonly cpus: number;
  /** Bytes of RAM, whole MiB. */
  readonly ram: bigint;
}

/** @throws UserError if the cells want what the machine does not have. */
export function machineFor(jobs: readonly CellJob[]): Machine {
  const cpus = jobs.flatMap(({ cell }) => cell.cpus);
  for (const { cell, board } of jobs) {
    if (board.arch !== "arm64" || board.system.arm?.gicVersion !== 3) {
      throw new UserError(
        `cellbox emulates arm64 boards with a GICv3: ${board.name} is none, use --on exec:CMD for it`,
      );
    }
    if (cell.flags.includes("aarch32")) throw new UserError(`cell ${cell.name}: cellbox runs no AArch32 cells`);
    if (cell.cpus.length === 0) throw new UserError(`cell ${cell.name} has no CPU: give it one, as in cpus: [1]`);
  }
  const highest = Math.max(...cpus);
  const count = Math.max(highest + 1, new Set(cpus).size + 1);
  if (count > MOST_CPUS) {
    throw new UserError(
      `cellbox has ${MOST_CPUS} CPUs, 0 to ${MOST_CPUS - 1}, and needs one of them for itself: CPU ${highest} cannot be had`,
    );
  }
  const ends = jobs.flatMap(({ cell }) => cell.memory.map((region, i) => checkRegion(cell, region, i)));
  const end = ends.reduce((a, b) => (a > b ? a : b), RAM_START + SMALLEST_RAM);
  return { cpus: count, ram: ((end - RAM_START + MIB - 1n) / MIB) * MIB };
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

function range(start: bigint, end: bigint): string {
  return `0x${start.toString(16)}-0x${(end - 1n).toString(16)}`;
}
