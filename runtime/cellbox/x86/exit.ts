/** Everything that brings a CPU from its cell into the monitor. */
import { COMMAND_STOP, obey, STAT_MANAGEMENT, STAT_TOTAL } from "../cell.ts";
import * as hypercall from "../hypercall.ts";
import * as jh from "../jh.ts";
import { acquire, LOCK_CPUS, release } from "../lock.ts";
import { PcCell, PcCpu, STAT_CPUID, STAT_MSR, STAT_X2APIC_ICR } from "./cells.ts";
import * as control from "./control-block.ts";
import * as cpuid from "./cpuid.ts";
import { RCX, RDI, RSI, register } from "./frame.ts";
import * as guest from "./guest.ts";
import * as localApic from "./local-apic.ts";
import * as mmio from "./mmio.ts";
import * as msr from "./msr.ts";
import * as ports from "./ports.ts";
import * as violation from "./violation.ts";

/** Lengths of instructions: QEMU's SVM does not tell where the next one is. */
const CPUID_LENGTH: u64 = 2;
const MSR_LENGTH: u64 = 2;
const VMMCALL_LENGTH: u64 = 3;

export function handle(cpu: PcCpu, cell: PcCell, frame: u64): void {
  cpu.count(STAT_TOTAL);
  cpu.block.deliverAgain();
  const stays = act(cpu, cell, frame);
  jh.barrier();
  if (!stays || cpu.command == COMMAND_STOP) waitForStart(cpu, cell, frame);
  else if (cpu.init) waitForSipi(cpu, cell, frame);
}

/** Sleeps until the cell starts. */
export function waitForStart(cpu: PcCpu, cell: PcCell, frame: u64): void {
  localApic.reset(cpu.index);
  takeInit(cpu, false);
  while (!obey(cpu)) jh.wait_kick();
  guest.start(cpu, cell, frame);
}

/** Sleeps until another CPU of the cell says where to go on. */
function waitForSipi(cpu: PcCpu, cell: PcCell, frame: u64): void {
  localApic.reset(cpu.index);
  takeInit(cpu, true);
  for (;;) {
    jh.barrier();
    if (cpu.command == COMMAND_STOP) return waitForStart(cpu, cell, frame);
    const vector = takeSipi(cpu);
    if (vector >= 0) return guest.startAgain(cpu, cell, frame, vector);
    jh.wait_kick();
  }
}

/** A SIPI that came together with its INIT stays. */
function takeInit(cpu: PcCpu, waits: bool): void {
  acquire(LOCK_CPUS);
  cpu.init = false;
  cpu.waitsForSipi = waits;
  if (!waits) cpu.sipi = -1;
  release(LOCK_CPUS);
}

function takeSipi(cpu: PcCpu): i32 {
  acquire(LOCK_CPUS);
  const vector = cpu.sipi;
  cpu.sipi = -1;
  if (vector >= 0) cpu.waitsForSipi = false;
  release(LOCK_CPUS);
  return vector;
}

/** false: the CPU leaves the cell. */
function act(cpu: PcCpu, cell: PcCell, frame: u64): bool {
  const block = cpu.block;
  const code = block.exitCode;
  if (code == control.EXIT_NESTED_PAGE) return mmio.handle(cpu, cell, frame);
  if (code == control.EXIT_PORT) {
    if (!ports.emulate(cpu, cell)) return violation.report(cpu, frame, "port", (block.exitInfo1 >> 16) & 0xffff, 0);
    block.goTo(block.exitInfo2);
    return true;
  }
  if (code == control.EXIT_MSR) return modelSpecific(cpu, cell, frame);
  if (code == control.EXIT_NMI) {
    cpu.count(STAT_MANAGEMENT);
    jh.take_kick();
    return true;
  }
  if (code == control.EXIT_CPUID) {
    cpu.count(STAT_CPUID);
    cpuid.emulate(cpu, frame);
    block.goTo(block.rip + CPUID_LENGTH);
    return true;
  }
  if (code == control.EXIT_VMMCALL) {
    call(cpu, cell, frame);
    block.goTo(block.rip + VMMCALL_LENGTH);
    return true;
  }
  return violation.report(cpu, frame, code == control.EXIT_SHUTDOWN ? "triple-fault" : "exit", code, 0);
}

/** Arguments are in RDI and RSI; outside 64-bit mode all have 32 bits. */
function call(cpu: PcCpu, cell: PcCell, frame: u64): void {
  if (!cpu.block.isKernel()) {
    cpu.block.rax = <u64>hypercall.EPERM;
    return;
  }
  const mask: u64 = cpu.block.isLong() ? u64.MAX_VALUE : 0xffffffff;
  const first = register(cpu, frame, RDI) & mask;
  const second = register(cpu, frame, RSI) & mask;
  cpu.block.rax = <u64>hypercall.call(cpu, cell, cpu.block.rax & mask, first, second) & mask;
}

function modelSpecific(cpu: PcCpu, cell: PcCell, frame: u64): bool {
  const isWrite = (cpu.block.exitInfo1 & 1) != 0;
  const number = <u32>register(cpu, frame, RCX);
  cpu.count(isWrite && number == msr.X2APIC_ICR ? STAT_X2APIC_ICR : STAT_MSR);
  if (!(isWrite ? msr.write(cpu, cell, frame) : msr.read(cpu, frame)))
    return violation.report(cpu, frame, isWrite ? "msr-write" : "msr-read", number, 0);
  cpu.block.goTo(cpu.block.rip + MSR_LENGTH);
  return true;
}
