/** Model-specific registers. Those that trap are the APIC's, and what would change the CPU for the monitor; all others are the cell's own. */
import * as jh from "../jh.ts";
import { allocateAt } from "../pool.ts";
import * as apic from "./apic.ts";
import { PcCell, PcCpu } from "./cells.ts";
import { EFER_SVME } from "./control-block.ts";
import * as deadline from "./deadline.ts";
import { pair, RCX, register, setPair } from "./frame.ts";
import * as local from "./local-apic.ts";

const APIC_BASE: u32 = 0x1b;
const MTRR_FIRST: u32 = 0x200;
const PAT: u32 = 0x277;
const MTRR_DEF_TYPE: u32 = 0x2ff;
const X2APIC_FIRST: u32 = 0x800;
const X2APIC_LAST: u32 = 0x83f;
export const X2APIC_ICR: u32 = X2APIC_FIRST + local.REG_ICR;
const EFER: u32 = 0xc0000080;
/** TOP_MEM and the like, and SVM's own (AMD APM volume 2, 15.30). */
const SVM_FIRST: u32 = 0xc0010114;
const SVM_LAST: u32 = 0xc0010118;

const MTRR_ENABLE: u64 = 0x800;
/** What firmware has set on the machine, which is what a cell reads: on, fixed ranges too, write-back (jailhouse-abi 10.2). */
const MTRR_SHOWN: u64 = 0xc06;

const BITMAP: u64 = 0x2000;
const READ: u32 = 1;
const WRITE: u32 = 2;

let shared: u64 = 0;

/** Two bits a register, for all cells alike (AMD APM volume 2, 15.11). */
export function bitmap(): u64 {
  return shared;
}

export function open(): void {
  shared = allocateAt(BITMAP, 0x1000);
  trap(APIC_BASE, APIC_BASE, WRITE);
  trap(MTRR_FIRST, PAT, WRITE);
  trap(PAT, PAT, READ);
  trap(MTRR_DEF_TYPE, MTRR_DEF_TYPE, READ | WRITE);
  trap(X2APIC_FIRST, X2APIC_LAST, READ | WRITE);
  trap(EFER, EFER, WRITE);
  if (deadline.isOffered()) trap(deadline.MSR_DEADLINE, deadline.MSR_DEADLINE, READ | WRITE);
  trap(SVM_FIRST, SVM_LAST, READ | WRITE);
}

/** false: the cell may not do it. */
export function read(cpu: PcCpu, frame: u64): bool {
  const number = <u32>register(cpu, frame, RCX);
  if (number >= X2APIC_FIRST && number <= X2APIC_LAST) {
    if (!apic.canRead(number - X2APIC_FIRST)) return false;
    setPair(cpu, frame, apic.read(cpu, number - X2APIC_FIRST));
  } else if (number == PAT) setPair(cpu, frame, cpu.pat);
  else if (number == MTRR_DEF_TYPE) setPair(cpu, frame, MTRR_SHOWN);
  else if (number == deadline.MSR_DEADLINE) setPair(cpu, frame, deadline.pending(cpu));
  else return false;
  return true;
}

export function write(cpu: PcCpu, cell: PcCell, frame: u64): bool {
  const number = <u32>register(cpu, frame, RCX);
  const value = pair(cpu, frame);
  if (number >= X2APIC_FIRST && number <= X2APIC_LAST) return apic.write(cpu, cell, number - X2APIC_FIRST, value);
  if (number == PAT) {
    if (!isPat(value)) return false;
    cpu.pat = value;
    applyPat(cpu);
  } else if (number == MTRR_DEF_TYPE) {
    cpu.mtrrs = (value & MTRR_ENABLE) != 0;
    applyPat(cpu);
  } else if (number == deadline.MSR_DEADLINE) {
    deadline.arm(cpu, value);
  } else if (number == EFER) {
    // VMRUN refuses a cell without it.
    cpu.block.efer = value | EFER_SVME;
  } else return false;
  return true;
}

/** Until the MTRRs are on, all memory is uncached. */
export function applyPat(cpu: PcCpu): void {
  cpu.block.pat = cpu.mtrrs ? cpu.pat : 0;
}

/** Each byte a memory type: 0, 1, 4, 5, 6 or 7 (AMD APM volume 2, 7.8.1). */
function isPat(value: u64): bool {
  for (let i = 0; i < 8; i++, value >>= 8) {
    const type = value & 0xff;
    if (type > 7 || type == 2 || type == 3) return false;
  }
  return true;
}

function trap(first: u32, last: u32, access: u32): void {
  for (let number = first; number <= last; number++) {
    const group: u64 = number < 0x2000 ? 0 : number < 0xc0010000 ? 0x800 : 0x1000;
    const at = shared + group + ((number & 0x1fff) >> 2);
    jh.store8(at, jh.load8(at) | (access << (2 * (number & 3))));
  }
}
