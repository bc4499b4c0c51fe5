/** Cells and CPUs: what the monitor knows of each. */
import { Access } from "./access.ts";
import { CellFile } from "./cell-file.ts";
import { acquire, LOCK_CPUS, release } from "./lock.ts";
import { PciFunction } from "./pci/function.ts";

/** The cell owns a CPU that does not run yet, or no more: it sleeps in the monitor until it is started. */
export const CPU_OFF: u32 = 0;
export const CPU_RUNNING: u32 = 1;
/** Parked after a violation, until the cell is started again. */
export const CPU_FAILED: u32 = 2;

export const COMMAND_NONE: u32 = 0;
export const COMMAND_START: u32 = 1;
export const COMMAND_STOP: u32 = 2;

/** Counters of exits, numbered as hypercall 7 asks for them: what all architectures have comes first, then each has its own. */
export const STAT_TOTAL: u32 = 0;
export const STAT_MMIO: u32 = 1;
export const STAT_MANAGEMENT: u32 = 2;
export const STAT_HYPERCALL: u32 = 3;
/** Room for the longest list. */
export const STATS: u32 = 12;

export class Cell {
  readonly index: u32;
  readonly file: CellFile;
  /** Physical address of the comm region's page. */
  comm: u64 = 0;
  /** Root of the tables from cell addresses to physical ones. */
  table: u64 = 0;
  /** The lowest of its CPUs. */
  firstCpu: u32 = 0;
  /** What it prints, where there are several cells: physical address, and how many bytes it has written and the core has sent (consoles.ts). */
  buffer: u64 = 0;
  written: u32 = 0;
  sent: u32 = 0;
  /** Cell state that the host was told last. */
  reportedState: u32 = 0;
  /** Counter value when a shutdown request was sent; 0: none is waiting for its reply. */
  requested: u64 = 0;
  /** PCI functions that it has. */
  readonly functions: PciFunction[] = [];
  /** Start again when the shutdown is through. */
  restart: bool = false;

  constructor(index: u32, file: CellFile) {
    this.index = index;
    this.file = file;
  }
}

export class Cpu {
  readonly index: u32;
  /** The CPU's cell; null for the monitor's core and CPUs of nobody. */
  cell: Cell | null = null;
  state: u32 = CPU_OFF;
  /** What another CPU wants of this one; it answers with COMMAND_NONE. `machine.kick` makes it look. */
  command: u32 = COMMAND_NONE;
  /** Where the next start begins. */
  entry: u64 = 0;
  readonly stats: StaticArray<u32> = new StaticArray<u32>(STATS);
  /** The access that is being emulated: nothing is allocated after the start. */
  readonly access: Access = new Access();
  readonly violation: Violation = new Violation();

  constructor(index: u32) {
    this.index = index;
  }

  count(stat: u32): void {
    this.stats[stat]++;
  }
}

/** Calls beyond these are not in the report. */
export const LONGEST_TRACE: u32 = 32;
const MOST_REGISTERS: u32 = 31;

/** What a CPU did that it must not; the monitor's core tells the host. */
export class Violation {
  pending: bool = false;
  /** As `scripts/run/cellbox-messages.ts` words it. */
  what: string = "";
  address: u64 = 0;
  /** Bytes of the access; 0: unknown, or no access. */
  size: u32 = 0;
  syndrome: u64 = 0;
  pc: u64 = 0;
  /** Arm's x30; 0: it tells nothing. */
  link: u64 = 0;
  /** x86: what scripts/run/cellbox-messages.ts names in this order; Arm: x0 to x30. */
  readonly registers: StaticArray<u64> = new StaticArray<u64>(MOST_REGISTERS);
  registerCount: u32 = 0;
  readonly trace: StaticArray<u64> = new StaticArray<u64>(LONGEST_TRACE);
  depth: u32 = 0;
}

export const cells: Cell[] = [];
/** By index. */
export const cpus: Cpu[] = [];

/** The CPU sleeps in the monitor, and nobody has started it. */
export function isOff(cpu: Cpu): bool {
  acquire(LOCK_CPUS);
  const off = cpu.state == CPU_OFF && cpu.command == COMMAND_NONE;
  release(LOCK_CPUS);
  return off;
}

/** Tells the CPU to do something, whatever it was told before. It must be made to look. */
export function command(cpu: Cpu, what: u32): void {
  acquire(LOCK_CPUS);
  cpu.command = what;
  release(LOCK_CPUS);
}

/** The CPU takes what it was told; true: it starts. */
export function obey(cpu: Cpu): bool {
  acquire(LOCK_CPUS);
  const starts = cpu.command == COMMAND_START;
  if (cpu.command != COMMAND_NONE) cpu.state = starts ? CPU_RUNNING : CPU_OFF;
  cpu.command = COMMAND_NONE;
  release(LOCK_CPUS);
  return starts;
}

/** The CPU has failed; true: it was the last one of its cell. */
export function fail(cpu: Cpu): bool {
  acquire(LOCK_CPUS);
  cpu.state = CPU_FAILED;
  let last: bool = true;
  for (let i = 0; i < cpus.length; i++) if (cpus[i].cell == cpu.cell && cpus[i].state != CPU_FAILED) last = false;
  release(LOCK_CPUS);
  return last;
}

/** All CPUs of the cell sleep in the monitor. */
export function isParked(cell: Cell): bool {
  for (let i = 0; i < cpus.length; i++) if (cpus[i].cell == cell && !isOff(cpus[i])) return false;
  return true;
}
