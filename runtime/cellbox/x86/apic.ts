/**
 * The APIC as a cell sees it: by x2APIC MSRs, whose numbers from 0x800 on are the registers', or by the xAPIC's page, where each takes 16 bytes
 * (jailhouse-abi 4.1). What is allowed goes to the CPU's own APIC; interrupts reach the cell without the monitor.
 */
import { Access } from "../access.ts";
import { PcCell, PcCpu } from "./cells.ts";
import * as deadline from "./deadline.ts";
import * as ipi from "./ipi.ts";
import * as local from "./local-apic.ts";

const NO: u32 = 0;
const READS: u32 = 1;
const WRITES: u32 = 2;
const BOTH: u32 = 3;

/** What may be done with a register. The vectors in service, their trigger modes and those that wait are eight registers each. */
function access(register: u32): u32 {
  if (register >= local.REG_ISR && register < local.REG_ESR) return READS;
  if (register >= local.REG_LVT_TIMER && register <= local.REG_TIMER_COUNT) return BOTH;
  switch (register) {
    case local.REG_ID:
    case local.REG_VERSION:
    case local.REG_PPR:
    case local.REG_LDR:
    case local.REG_TIMER_CURRENT:
      return READS;
    case local.REG_EOI:
      return WRITES;
    case local.REG_TPR:
    case local.REG_SVR:
    case local.REG_ESR:
    case local.REG_ICR:
    case local.REG_TIMER_DIVIDE:
      return BOTH;
    default:
      return NO;
  }
}

/** Bits that a write may set, as real Jailhouse has them: not quite those that the APIC has (Intel SDM volume 3A, 11.5, 11.6, 11.12). */
function writable(register: u32): u32 {
  switch (register) {
    case local.REG_TPR:
      return 0xff;
    case local.REG_SVR:
      return 0x3ff;
    case local.REG_ESR:
      return 0;
    case local.REG_LVT_TIMER:
      return 0x710ff;
    case local.REG_LVT_LINT0:
    case local.REG_LVT_LINT1:
      return 0xf17ff;
    case local.REG_LVT_ERROR:
      return 0x110ff;
    case local.REG_EOI:
    case local.REG_TIMER_COUNT:
      return 0xffffffff;
    case local.REG_TIMER_DIVIDE:
      return 0xb;
    default:
      return 0x117ff;
  }
}

export function canRead(register: u32): bool {
  return (access(register) & READS) != 0;
}

/** In x2APIC's form: the ID is a number, and the command has its destination in the upper half. */
export function read(cpu: PcCpu, register: u32): u64 {
  const value = local.read(register);
  if (register == local.REG_ID) return value >> 24;
  if (register == local.REG_LVT_TIMER) return deadline.shown(cpu, value);
  return register == local.REG_ICR ? ((<u64>cpu.destination) << 32) | value : value;
}

/** Of all registers but the command the lower half counts. false: the cell may not do it. */
export function write(cpu: PcCpu, cell: PcCell, register: u32, value: u64): bool {
  if ((access(register) & WRITES) == 0) return false;
  if (register == local.REG_ICR) {
    cpu.destination = <u32>(value >> 32);
    return ipi.send(cpu, cell, <u32>value, cpu.destination);
  }
  const low = <u32>value;
  if ((low & ~writable(register)) != 0) return false;
  if (register >= local.REG_LVT_TIMER && register <= local.REG_LVT_ERROR && !isDeliverable(low)) return false;
  // In deadline mode the count is not the program's.
  if (register == local.REG_TIMER_COUNT && cpu.usesDeadline) return true;
  local.write(register, register == local.REG_LVT_TIMER ? deadline.choose(cpu, low) : low);
  return true;
}

/** By the page, which knows 32-bit accesses only, the ID in its upper byte, and the destination apart. */
export function emulate(cpu: PcCpu, cell: PcCell, at: Access): bool {
  const register = <u32>(at.address >> 4) & 0x3f;
  if (at.size != 4 || (at.address & 15) != 0) return false;
  const value = <u32>at.value;
  if (!at.write) {
    const known = canRead(register) || register == local.REG_ICR_HIGH || register == local.REG_DFR;
    if (known) at.value = register == local.REG_ICR_HIGH ? cpu.destination << 24 : local.read(register);
    return known;
  }
  switch (register) {
    case local.REG_ICR_HIGH:
      cpu.destination = value >> 24;
      return true;
    case local.REG_ICR:
      return ipi.send(cpu, cell, value, cpu.destination);
    case local.REG_LDR:
      return value != 0 && value == local.logicalId(cpu.index);
    case local.REG_DFR:
      return value == 0xffffffff;
    default:
      return write(cpu, cell, register, value);
  }
}

/** Fixed or NMI, if it is not masked. */
function isDeliverable(value: u32): bool {
  const mode = value & local.MODE_MASK;
  return (value & local.LVT_MASKED) != 0 || mode == local.MODE_FIXED || mode == local.MODE_NMI;
}
