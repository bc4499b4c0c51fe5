/** What cells and CPUs have on Arm besides what the monitor knows of every one. */
import { Cell, COMMAND_NONE, COMMAND_START, CPU_OFF, Cpu, cpus } from "../cell.ts";
import { acquire, LOCK_CPUS, release } from "../lock.ts";
import { MemGuard } from "./rt/memguard.ts";
import { CellPmu } from "./rt/pmu.ts";

/** Counters of exits behind the common ones. */
export const STAT_MAINTENANCE: u32 = 4;
export const STAT_VIRTUAL_IRQ: u32 = 5;
export const STAT_VIRTUAL_SGI: u32 = 6;
export const STAT_PSCI: u32 = 7;
export const STAT_SMCCC: u32 = 8;

export class ArmCell extends Cell {
  /** The SPIs it owns: a bit an interrupt ID; word 0 (SGIs and PPIs) stays empty. */
  readonly spis: StaticArray<u32> = new StaticArray<u32>(32);
  /** Registers of its UART from 0x20 on, where cells share the real one: control register and interrupt levels have a reset value. */
  readonly uart: StaticArray<u32> = [0, 0, 0, 0, 0x300, 0x12, 0, 0];
}

export class ArmCpu extends Cpu {
  /** MPIDR_EL1's affinity fields: Aff0 has 16 CPUs a cluster on this machine with a GICv3; with a GICv2 there are no more than 8. */
  readonly affinity: u64;
  /** GICv2: the bit of its CPU interface in lists of CPUs; QEMU numbers the two alike. */
  readonly target: u32;
  /** The value in x1 at the next start. */
  context: u64 = 0;
  /** SGIs of other CPUs of the cell that wait for delivery: 1 + the sender's index. Each is a byte, so that senders need no lock. */
  readonly sgis: StaticArray<u8> = new StaticArray<u8>(16);
  /** Who sent the SGIs in `overflow`. */
  readonly senders: StaticArray<u8> = new StaticArray<u8>(16);
  /** The event register (Arm ARM D1.6): an interrupt was delivered since the last WFE. */
  event: bool = false;
  /** Counter value at which the monitor's timer interrupts the cell (timer.ts). */
  deadline: u64 = u64.MAX_VALUE;
  /** Under the real-time fork. */
  readonly memGuard: MemGuard = new MemGuard();
  readonly pmu: CellPmu = new CellPmu();
  /** When the last WFE ended, and how many microseconds the next one waits for an event of another CPU (wait-event.ts). */
  woken: u64 = 0;
  patience: u64 = 0;
  /** Interrupts that found no free list register: a bit an interrupt ID. */
  readonly overflow: StaticArray<u32> = new StaticArray<u32>(32);

  constructor(index: u32) {
    super(index);
    this.affinity = ((index >> 4) << 8) | (index & 15);
    this.target = index < 8 ? 1 << index : 0;
  }
}

/** The redistributors have the same order. */
export function cpuAt(index: u32): ArmCpu {
  return changetype<ArmCpu>(cpus[index]);
}

export function cpuWithAffinity(affinity: u64): ArmCpu | null {
  for (let i = 0; i < cpus.length; i++) {
    if (cpuAt(i).affinity == affinity) return cpuAt(i);
  }
  return null;
}

/** Tells a CPU that is off to start; false: it is not off, or another CPU was faster. */
export function turnOn(cpu: ArmCpu, entry: u64, context: u64): bool {
  acquire(LOCK_CPUS);
  const off = cpu.state == CPU_OFF && cpu.command == COMMAND_NONE;
  if (off) {
    cpu.entry = entry;
    cpu.context = context;
    cpu.command = COMMAND_START;
  }
  release(LOCK_CPUS);
  return off;
}
