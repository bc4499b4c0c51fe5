/**
 * The PMU as a cell has it under the real-time fork: six counters, of which MemGuard has the last two to itself (MDCR_EL2.HPMN is 4; Arm ARM
 * D13.4). QEMU 7.2 tells cells of four, but lets them write and stop the others. So every access is trapped, and this is what hardware does
 * with it.
 */
import * as jh from "../../jh.ts";
import { ArmCpu } from "../cells.ts";
import { pstate, register, setRegister } from "../frame.ts";
import * as reg from "../registers.ts";

/** Of MemGuard; counter 4 is reserved, and not used. */
export const OWN_COUNTER: u32 = 5;
const CELLS_COUNTERS: u32 = 4;
const CYCLES: u32 = 31;
const CELLS_BITS: u64 = ((1 << CELLS_COUNTERS) - 1) | ((<u64>1) << CYCLES);
const OWN_BIT: u64 = 1 << OWN_COUNTER;

/** HPME; TPM and TPMCR trap; HPMN (D17.2, MDCR_EL2). */
const MDCR: u64 = (1 << 7) | (1 << 6) | (1 << 5) | CELLS_COUNTERS;

/** PMCR_EL0 (D19.5.14). */
const PMCR_ENABLE: u64 = 1;
const PMCR_RESET_EVENTS: u64 = 2;
const PMCR_N: u64 = 0x1f << 11;
const PMCR_CELLS_N: u64 = CELLS_COUNTERS << 11;

/** Level 0 in PSTATE.M; filter bits of event types (D19.5.11): P and U, and NSK and NSU, which undo them for the Non-secure side. */
const PSTATE_EL: u64 = 0xc;
const FILTER_EL1: u64 = ((<u64>1) << 31) | (1 << 29);
const FILTER_EL0: u64 = (1 << 30) | (1 << 28);
const EVENT: u64 = 0xffff;

/** Of a cell's CPU. */
export class CellPmu {
  /** PMSELR_EL0, which the monitor uses itself. */
  selected: u32 = 0;
}

/** Once a CPU. */
export function confine(): void {
  jh.register_write(reg.MDCR_EL2, MDCR);
}

// MemGuard's counter.

export function hold(): void {
  jh.register_write(reg.PMCNTENCLR_EL0, OWN_BIT);
}
export function run(): void {
  jh.register_write(reg.PMCNTENSET_EL0, OWN_BIT);
}
/** QEMU notices it when the counter is read. */
export function hasOverflowed(): bool {
  count();
  return (jh.register_read(reg.PMOVSCLR_EL0) & OWN_BIT) != 0;
}
export function clearOverflow(): void {
  jh.register_write(reg.PMOVSCLR_EL0, OWN_BIT);
}
export function count(counter: u32 = OWN_COUNTER): u64 {
  jh.register_write(reg.PMSELR_EL0, counter);
  return jh.register_read(reg.PMXEVCNTR_EL0);
}
export function setCount(value: u64, counter: u32 = OWN_COUNTER): void {
  jh.register_write(reg.PMSELR_EL0, counter);
  jh.register_write(reg.PMXEVCNTR_EL0, value);
}
/** What happens at EL1 and EL0 counts. */
export function setEvent(value: u64, counter: u32 = OWN_COUNTER): void {
  jh.register_write(reg.PMSELR_EL0, counter);
  jh.register_write(reg.PMXEVTYPER_EL0, value);
}

/** A trapped MRS (`read`) or MSR of the cell's, with the general register `n`; false: it is not the PMU's. */
export function emulate(cpu: ArmCpu, frame: u64, which: u32, read: bool, n: u32): bool {
  if (!isPmu(which)) return false;
  if (read) setRegister(frame, n, readOf(cpu.pmu, which));
  else write(cpu.pmu, which, register(frame, n), frame);
  return true;
}

function isPmu(which: u32): bool {
  return (
    (which >= reg.PMCR_EL0 && which <= reg.PMOVSSET_EL0) ||
    which == reg.PMINTENSET_EL1 ||
    which == reg.PMINTENCLR_EL1 ||
    (which >= reg.PMEVCNTR0_EL0 && which <= reg.PMCCFILTR_EL0)
  );
}

function readOf(pmu: CellPmu, which: u32): u64 {
  if (which == reg.PMCR_EL0) return (jh.register_read(which) & ~PMCR_N) | PMCR_CELLS_N;
  if (which == reg.PMSELR_EL0) return pmu.selected;
  if (which == reg.PMSWINC_EL0) return 0;
  if (isOfCounter(which)) {
    const counter = counterOf(pmu, which);
    if (counter == CYCLES) return isType(which) ? jh.register_read(reg.PMCCFILTR_EL0) : 0;
    if (counter >= CELLS_COUNTERS) return 0;
    jh.register_write(reg.PMSELR_EL0, counter);
    return jh.register_read(isType(which) ? reg.PMXEVTYPER_EL0 : reg.PMXEVCNTR_EL0);
  }
  const value = jh.register_read(which);
  return isBits(which) ? value & CELLS_BITS : value;
}

function write(pmu: CellPmu, which: u32, value: u64, frame: u64): void {
  if (which == reg.PMCR_EL0) return control(value);
  if (which == reg.PMSWINC_EL0) return increment(value, frame);
  if (which == reg.PMSELR_EL0) {
    pmu.selected = <u32>value & 0x1f;
  } else if (isOfCounter(which)) {
    const counter = counterOf(pmu, which);
    if (counter == CYCLES && isType(which)) jh.register_write(reg.PMCCFILTR_EL0, value);
    if (counter >= CELLS_COUNTERS) return;
    if (isType(which)) setEvent(value, counter);
    else setCount(value, counter);
  } else {
    jh.register_write(which, isBits(which) ? value & CELLS_BITS : value);
  }
}

function control(value: u64): void {
  jh.register_write(reg.PMCR_EL0, value & ~PMCR_RESET_EVENTS);
  if ((value & PMCR_RESET_EVENTS) == 0) return;
  for (let counter: u32 = 0; counter < CELLS_COUNTERS; counter++) setCount(0, counter);
}

/** SW_INCR, event 0: at EL2, which is filtered out, a PMSWINC would count nothing. */
function increment(counters: u64, frame: u64): void {
  if ((jh.register_read(reg.PMCR_EL0) & PMCR_ENABLE) == 0) return;
  const enabled = jh.register_read(reg.PMCNTENSET_EL0);
  const filter = (pstate(frame) & PSTATE_EL) == 0 ? FILTER_EL0 : FILTER_EL1;
  for (let counter: u32 = 0; counter < CELLS_COUNTERS; counter++) {
    if ((((counters & enabled) >> counter) & 1) == 0) continue;
    jh.register_write(reg.PMSELR_EL0, counter);
    const type = jh.register_read(reg.PMXEVTYPER_EL0);
    // One of the two filter bits alone: not counted.
    if ((type & EVENT) != 0 || popcnt(type & filter) == 1) continue;
    const next = (count(counter) + 1) & 0xffffffff;
    setCount(next, counter);
    if (next == 0) jh.register_write(reg.PMOVSSET_EL0, (<u64>1) << counter);
  }
}

/** PMEVCNTRn, PMEVTYPERn, and those of the selected counter. */
function isOfCounter(which: u32): bool {
  return (
    which == reg.PMXEVTYPER_EL0 ||
    which == reg.PMXEVCNTR_EL0 ||
    (which >= reg.PMEVCNTR0_EL0 && which < reg.PMCCFILTR_EL0)
  );
}

function isType(which: u32): bool {
  return which == reg.PMXEVTYPER_EL0 || which >= reg.PMEVTYPER0_EL0;
}

function counterOf(pmu: CellPmu, which: u32): u32 {
  return which >= reg.PMEVCNTR0_EL0 ? which & 31 : pmu.selected;
}

/** A bit a counter. */
function isBits(which: u32): bool {
  return (
    which == reg.PMCNTENSET_EL0 ||
    which == reg.PMCNTENCLR_EL0 ||
    which == reg.PMOVSCLR_EL0 ||
    which == reg.PMOVSSET_EL0 ||
    which == reg.PMINTENSET_EL1 ||
    which == reg.PMINTENCLR_EL1
  );
}
