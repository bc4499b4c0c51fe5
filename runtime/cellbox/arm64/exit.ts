/** Everything that brings a CPU from its cell into the monitor. */
import { COMMAND_STOP, CPU_OFF, obey, STAT_MANAGEMENT, STAT_TOTAL } from "../cell.ts";
import * as hypercall from "../hypercall.ts";
import * as jh from "../jh.ts";
import * as run from "../run.ts";
import * as abort from "./abort.ts";
import { ArmCell, ArmCpu, STAT_MAINTENANCE } from "./cells.ts";
import { EXIT_INTERRUPT, EXIT_SYNCHRONOUS, programCounter, register, setRegister, skipInstruction } from "./frame.ts";
import { gic, PPI_MAINTENANCE, PPI_TIMER, SGI_KICK } from "./gic.ts";
import * as guest from "./guest.ts";
import { ESR_EL2, FAR_EL2 } from "./registers.ts";
import * as memGuard from "./rt/memguard.ts";
import * as pmu from "./rt/pmu.ts";
import * as sgi from "./sgi.ts";
import * as smccc from "./smccc.ts";
import * as stage2 from "./stage2.ts";
import * as violation from "./violation.ts";
import * as virtual from "./virtual-interrupts.ts";
import * as waitEvent from "./wait-event.ts";

/** Exception classes (Arm ARM D17.2, ESR_EL2.EC). */
const CLASS_WAIT: u64 = 0x01;
const CLASS_HVC: u64 = 0x16;
const CLASS_SMC: u64 = 0x17;
const CLASS_REGISTER: u64 = 0x18;
const CLASS_FETCH: u64 = 0x20;
const CLASS_DATA: u64 = 0x24;

const HVC_JAILHOUSE: u64 = 0x4a48;

/** Of a trapped MSR or MRS: which register, and bit 0 for a read. */
const REGISTER_FIELDS: u64 = 0x3ffc1f;
const REGISTER_SGI1R: u64 = (3 << 20) | (5 << 17) | (0 << 14) | (12 << 10) | (11 << 1);

export function handle(cpu: ArmCpu, cell: ArmCell, frame: u64, kind: u32): void {
  cpu.count(STAT_TOTAL);
  let stays: bool = true;
  if (kind == EXIT_INTERRUPT) takeInterrupts(cpu);
  else if (kind == EXIT_SYNCHRONOUS) stays = synchronous(cpu, cell, frame);
  else stays = refuse(cpu, frame, "serror", jh.register_read(FAR_EL2), programCounter(frame));
  jh.barrier();
  if (cpu.command == COMMAND_STOP) stays = false;
  if (!stays) waitForStart(cpu, cell, frame);
}

/** Sleeps until the cell, or another of its CPUs, starts this one; then the frame is that of a fresh CPU. */
export function waitForStart(cpu: ArmCpu, cell: ArmCell, frame: u64): void {
  guest.stopTimers();
  if (run.isRt()) memGuard.reset(cpu);
  virtual.reset(cpu);
  while (!obey(cpu)) {
    jh.wait_interrupt();
    drain();
  }
  gic.resetPrivate(cpu);
  if (run.isRt()) memGuard.reset(cpu);
  virtual.reset(cpu);
  stage2.activate(cell);
  guest.reset(cpu, frame);
}

/** What comes for a cell that does not run stays active, so that it comes once; a start clears it. */
function drain(): void {
  for (let id = gic.acknowledge(); id >= 0; id = gic.acknowledge()) {
    if (id == PPI_MAINTENANCE) gic.deactivate(id);
  }
}

/** While MemGuard holds the CPU, what is for the cell waits for it in list registers. */
function takeInterrupts(cpu: ArmCpu): void {
  interrupts(cpu);
  while (memGuard.holds(cpu)) {
    jh.wait_interrupt();
    interrupts(cpu);
  }
}

function interrupts(cpu: ArmCpu): void {
  for (let id = gic.acknowledge(); id >= 0; id = gic.acknowledge()) {
    if (id == SGI_KICK) {
      cpu.count(STAT_MANAGEMENT);
      virtual.takeSgis(cpu);
    } else if (id == PPI_MAINTENANCE) {
      cpu.count(STAT_MAINTENANCE);
      virtual.refill(cpu);
      gic.deactivate(id);
    } else if (id == PPI_TIMER) {
      memGuard.look(cpu);
      gic.deactivate(id);
    } else {
      virtual.deliver(cpu, id, cpu.index);
    }
  }
}

/** false: the CPU leaves the cell. */
function synchronous(cpu: ArmCpu, cell: ArmCell, frame: u64): bool {
  const syndrome = jh.register_read(ESR_EL2);
  const exception = (syndrome >> 26) & 0x3f;
  if (exception == CLASS_DATA) return abort.data(cpu, cell, frame, syndrome);
  if (exception == CLASS_HVC) return hvc(cpu, cell, frame, syndrome & 0xffff);
  if (exception == CLASS_SMC) {
    const result = smccc.call(cpu, cell, frame);
    if (result == smccc.REFUSED) return refuse(cpu, frame, "smc", register(frame, 0), programCounter(frame));
    skipInstruction(frame);
    if (result == smccc.OFF) cpu.state = CPU_OFF;
    return result == smccc.GOES_ON;
  }
  if (exception == CLASS_REGISTER) return systemRegister(cpu, cell, frame, syndrome);
  if (exception == CLASS_WAIT) {
    skipInstruction(frame);
    memGuard.wait(cpu);
    return true;
  }
  if (exception == CLASS_FETCH) {
    abort.instruction(cpu, frame, syndrome);
    return false;
  }
  return refuse(cpu, frame, "exception", exception, programCounter(frame));
}

function hvc(cpu: ArmCpu, cell: ArmCell, frame: u64, immediate: u64): bool {
  if (immediate == waitEvent.HVC_WAIT_EVENT) {
    // By a WFE no CPU leaves its cell under Jailhouse.
    cpu.stats[STAT_TOTAL]--;
    waitEvent.emulate(cpu, cell);
    return true;
  }
  // The program counter is behind the HVC already.
  if (immediate != HVC_JAILHOUSE) return refuse(cpu, frame, "hvc", immediate, programCounter(frame) - 4);
  const result = hypercall.call(cpu, cell, register(frame, 0), register(frame, 1), register(frame, 2));
  setRegister(frame, 0, <u64>result);
  return true;
}

function systemRegister(cpu: ArmCpu, cell: ArmCell, frame: u64, syndrome: u64): bool {
  const target = <u32>(syndrome >> 5) & 31;
  const read = (syndrome & 1) != 0;
  if (run.isRt() && pmu.emulate(cpu, frame, <u32>encoding(syndrome), read, target)) {
    skipInstruction(frame);
    return true;
  }
  if ((syndrome & REGISTER_FIELDS) != REGISTER_SGI1R) {
    const what = read ? "register-read" : "register-write";
    return refuse(cpu, frame, what, encoding(syndrome), programCounter(frame));
  }
  sgi.send(cpu, cell, register(frame, target));
  skipInstruction(frame);
  return true;
}

/** The register's 16 bits as in registers.ts. */
function encoding(syndrome: u64): u64 {
  const op0 = (syndrome >> 20) & 3;
  const op2 = (syndrome >> 17) & 7;
  const op1 = (syndrome >> 14) & 7;
  const n = (syndrome >> 10) & 15;
  const m = (syndrome >> 1) & 15;
  return (op0 << 14) | (op1 << 11) | (n << 7) | (m << 3) | op2;
}

function refuse(cpu: ArmCpu, frame: u64, what: string, value: u64, pc: u64): bool {
  violation.report(cpu, frame, what, value, 0, pc);
  return false;
}
