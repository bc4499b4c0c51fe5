/** The local APIC of the CPU that runs this, by its page of registers (AMD APM volume 2, 16.3): QEMU's CPUs have no x2APIC mode. */
import * as jh from "../jh.ts";
import { LOGICAL_CPUS } from "./destination.ts";
import { APIC } from "./q35.ts";

export const REG_ID: u32 = 0x02;
export const REG_VERSION: u32 = 0x03;
export const REG_TPR: u32 = 0x08;
export const REG_PPR: u32 = 0x0a;
export const REG_EOI: u32 = 0x0b;
export const REG_LDR: u32 = 0x0d;
export const REG_DFR: u32 = 0x0e;
export const REG_SVR: u32 = 0x0f;
export const REG_ISR: u32 = 0x10;
export const REG_ESR: u32 = 0x28;
export const REG_ICR: u32 = 0x30;
export const REG_ICR_HIGH: u32 = 0x31;
export const REG_LVT_TIMER: u32 = 0x32;
export const REG_LVT_LINT0: u32 = 0x35;
export const REG_LVT_LINT1: u32 = 0x36;
export const REG_LVT_ERROR: u32 = 0x37;
export const REG_TIMER_COUNT: u32 = 0x38;
export const REG_TIMER_CURRENT: u32 = 0x39;
export const REG_TIMER_DIVIDE: u32 = 0x3e;

export const LVT_MASKED: u32 = 1 << 16;
const SVR_ENABLE: u32 = 0x100;
const SPURIOUS: u32 = 0xff;
const DIVIDE_BY_16: u32 = 3;
const DIVIDE_BY_1: u32 = 11;

const ICR_ASSERT: u32 = 1 << 14;
export const MODE_MASK: u32 = 7 << 8;
export const MODE_FIXED: u32 = 0;
export const MODE_LOWEST: u32 = 1 << 8;
export const MODE_NMI: u32 = 4 << 8;
export const MODE_INIT: u32 = 5 << 8;
export const MODE_SIPI: u32 = 6 << 8;

/** Vector of the monitor's own timer; every vector from 32 on has the same handler. */
const TIMER_VECTOR: u32 = 0x20;
const WORDS_OF_VECTORS: u32 = 8;

export function read(register: u32): u32 {
  return <u32>jh.device_read(APIC + (register << 4), 4);
}

export function write(register: u32, value: u32): void {
  jh.device_write(APIC + (register << 4), value, 4);
}

/** On the monitor's core. */
export function open(): void {
  write(REG_SVR, SVR_ENABLE | SPURIOUS);
  write(REG_LVT_TIMER, TIMER_VECTOR);
  write(REG_TIMER_DIVIDE, DIVIDE_BY_1);
}

/** An interrupt in this many counts of the timer. */
export function alarm(counts: u32): void {
  write(REG_TIMER_COUNT, counts);
}

/** Its bit for logical destinations. CPUs without one of their own have none, as a bit in common would join cells. */
export function logicalId(index: u32): u32 {
  return index < LOGICAL_CPUS ? 1 << (24 + index) : 0;
}

/** By the physical APIC ID. */
export function send(destination: u32, command: u32): void {
  write(REG_ICR_HIGH, destination << 24);
  write(REG_ICR, command | ICR_ASSERT);
}

/**
 * As real Jailhouse leaves it to a cell (jailhouse-abi 3.3): nothing pending or in service, everything masked, disabled by software. The timer's
 * divider is that of Linux.
 */
export function reset(index: u32): void {
  write(REG_SVR, SVR_ENABLE | SPURIOUS);
  for (let register = REG_LVT_TIMER; register <= REG_LVT_ERROR; register++) write(register, LVT_MASKED);
  write(REG_TIMER_COUNT, 0);
  write(REG_TIMER_DIVIDE, DIVIDE_BY_16);
  write(REG_TPR, 0);
  write(REG_LDR, logicalId(index));
  write(REG_DFR, 0xffffffff);
  for (let n: u32 = 0; n < WORDS_OF_VECTORS; n++) {
    for (let bits = popcnt(read(REG_ISR + n)); bits > 0; bits--) write(REG_EOI, 0);
  }
  jh.take_interrupts();
  write(REG_SVR, SPURIOUS);
}
