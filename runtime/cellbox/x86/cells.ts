/** What cells and CPUs have on x86 besides what the monitor knows of every one. */
import { Cell, Cpu, cells, cpus } from "../cell.ts";
import { allocate, allocateAt } from "../pool.ts";
import { ControlBlock } from "./control-block.ts";
import { Instruction } from "./instruction.ts";

/** Counters of exits behind the common ones; those between are of exits that do not happen here. */
export const STAT_PIO: u32 = 4;
export const STAT_XAPIC: u32 = 5;
export const STAT_CPUID: u32 = 7;
export const STAT_MSR: u32 = 10;
export const STAT_X2APIC_ICR: u32 = 11;

/** Bytes of a bitmap of ports: 64 Ki bits, and some that a wide access at the end touches (AMD APM volume 2, 15.10.1). */
const PORT_BITMAP: u64 = 0x3000;

export class PcCell extends Cell {
  /** A bit for each port that traps. */
  readonly portBitmap: u64 = allocateAt(PORT_BITMAP, 0x1000);
  /** The IOAPIC's pins that it owns, and the index that it has selected. */
  pins: u32 = 0;
  ioapicIndex: u32 = 0;
  /** What it has written to port 0xcf8. */
  pciAddress: u32 = 0;
  /** Registers 1 to 7 of its UARTs that are copies, and the divisors: uart.ts. */
  readonly uarts: StaticArray<u8> = new StaticArray<u8>(32);
}

export class PcCpu extends Cpu {
  readonly block: ControlBlock = new ControlBlock(allocate(0x1000));
  /** The one that is being emulated: nothing is allocated after the start. */
  readonly instruction: Instruction = new Instruction();
  /** It runs the monitor: an NMI to a CPU that waits for its first SIPI would start it anywhere. */
  arrived: bool = false;
  /** IA32_MTRR_DEF_TYPE's enable bit, and the PAT that counts only with it (jailhouse-abi 3.3). */
  mtrrs: bool = false;
  pat: u64 = 0;
  /** xAPIC: the destination that the next IPI takes; written apart from the command. */
  destination: u32 = 0;
  /** The timer is in TSC-deadline mode, and what it waits for (deadline.ts). */
  usesDeadline: bool = false;
  deadline: u64 = 0;
  /** INIT came: the CPU waits for a SIPI in the monitor. */
  waitsForSipi: bool = false;
  /** Another CPU's INIT and SIPI, which it takes by itself; -1: no SIPI. Both change under LOCK_CPUS. */
  init: bool = false;
  sipi: i32 = -1;
}

export function cpuAt(index: u32): PcCpu {
  return changetype<PcCpu>(cpus[index]);
}

export function cellAt(index: u32): PcCell {
  return changetype<PcCell>(cells[index]);
}
