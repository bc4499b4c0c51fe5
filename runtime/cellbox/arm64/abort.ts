/** Accesses that stage 2 does not let through (Arm ARM D17.2, ESR_EL2: ISS of data and instruction aborts). */
import { Access, truncate } from "../access.ts";
import { STAT_MMIO } from "../cell.ts";
import { ABSENT, MEMORY_READ, MEMORY_WRITE } from "../cell-file.ts";
import * as jh from "../jh.ts";
import * as pci from "../pci/configuration.ts";
import { isGranted } from "../sub-page.ts";
import * as absent from "./absent.ts";
import { ArmCell, ArmCpu } from "./cells.ts";
import { programCounter, register, setRegister, skipInstruction, valueAddress } from "./frame.ts";
import { gic } from "./gic.ts";
import { FAR_EL2, HPFAR_EL2 } from "./registers.ts";
import * as uart from "./uart.ts";
import * as violation from "./violation.ts";

const STATUS: u64 = 0x3c;
const STATUS_PERMISSION: u64 = 0x0c;
const WRITE: u64 = 1 << 6;
/** The fault hit a walk of the cell's own tables. */
const STAGE1_WALK: u64 = 1 << 7;
const CACHE_MAINTENANCE: u64 = 1 << 8;
const REGISTER_64: u64 = 1 << 15;
const SIGN_EXTEND: u64 = 1 << 21;
/** The syndrome describes the instruction: a single register, no write-back. */
const VALID: u64 = 1 << 24;

const PAR_FAILED: u64 = 1;
const PAR_PAGE: u64 = 0xffff_ffff_f000;

/** false: it was a violation, which is reported. */
export function data(cpu: ArmCpu, cell: ArmCell, frame: u64, syndrome: u64): bool {
  const address = cellAddress(syndrome);
  const pc = programCounter(frame);
  const access = cpu.access;
  access.address = address;
  access.write = (syndrome & WRITE) != 0;
  const width = <u32>(syndrome >> 22) & 3;
  access.size = (syndrome & VALID) != 0 ? 1 << width : 0;
  const emulated = isEmulated(cell, address);
  if (!emulated || (syndrome & (STAGE1_WALK | CACHE_MAINTENANCE)) != 0) {
    violation.report(cpu, frame, complaint(cell, syndrome, address), address, access.size, pc);
    return false;
  }
  if (access.size == 0) {
    violation.report(cpu, frame, access.write ? "write-form" : "read-form", address, 0, pc);
    return false;
  }
  cpu.count(STAT_MMIO);
  const target = <u32>(syndrome >> 16) & 31;
  access.value = truncate(register(frame, target), access.size);
  const failure = emulate(cpu, cell, access, valueAddress(frame));
  if (failure != "") {
    violation.report(cpu, frame, failure, address, access.size, pc);
    return false;
  }
  if (!access.write) setRegister(frame, target, extend(access, syndrome));
  skipInstruction(frame);
  return true;
}

export function instruction(cpu: ArmCpu, frame: u64, syndrome: u64): void {
  violation.report(cpu, frame, "fetch", cellAddress(syndrome), 0, programCounter(frame));
}

/** HPFAR_EL2 is not given for a permission fault outside a walk (Arm ARM D17.2, HPFAR_EL2): then the cell's own tables say. */
function cellAddress(syndrome: u64): u64 {
  const virtual = jh.register_read(FAR_EL2);
  if ((syndrome & STATUS) == STATUS_PERMISSION && (syndrome & STAGE1_WALK) == 0) {
    const result = jh.translate_stage1(virtual);
    if ((result & PAR_FAILED) == 0) return (result & PAR_PAGE) | (virtual & 0xfff);
  }
  return (jh.register_read(HPFAR_EL2) << 8) | (virtual & 0xfff);
}

function complaint(cell: ArmCell, syndrome: u64, address: u64): string {
  const write = (syndrome & WRITE) != 0;
  if ((syndrome & STAGE1_WALK) != 0) return "table-walk";
  if (cell.file.regionAt(address) >= 0) return write ? "write-denied" : "read-denied";
  return write ? "write-outside" : "read-outside";
}

function isEmulated(cell: ArmCell, address: u64): bool {
  if (gic.covers(address) || pci.covers(cell, address)) return true;
  const region = cell.file.regionAt(address);
  if (region < 0) return false;
  const file = cell.file;
  return file.isSubPage(region) || file.isAbsent(region) || uart.covers(file.physicalIn(region, address));
}

/** What is wrong with the access, or "". */
function emulate(cpu: ArmCpu, cell: ArmCell, access: Access, value: u64): string {
  if (gic.covers(access.address)) {
    if (gic.emulate(cpu, cell, access)) return "";
  } else if (pci.covers(cell, access.address)) {
    if (pci.emulate(cell, access)) return "";
  } else return throughRegion(cell, access, value);
  return access.write ? "write-refused" : "read-refused";
}

/**
 * Into a region that is not made of whole pages: direction, width and alignment are checked, then the access is done (jailhouse-abi 1.4). Or to
 * the shared UART or a device that is not there, where of a region of whole pages only the direction counts.
 */
function throughRegion(cell: ArmCell, access: Access, value: u64): string {
  const region = cell.file.regionAt(access.address);
  const subPage = cell.file.isSubPage(region);
  const flags = cell.file.regionFlags(region);
  if ((flags & (access.write ? MEMORY_WRITE : MEMORY_READ)) == 0) return access.write ? "write-denied" : "read-denied";
  if (subPage && !isGranted(cell.file, region, access)) return access.write ? "write-refused" : "read-refused";
  const physical = cell.file.physicalIn(region, access.address);
  if (uart.covers(physical)) {
    uart.emulate(cell, access, physical);
    return "";
  }
  if (cell.file.isAbsent(region)) {
    absent.emulate(cell, access, physical - ABSENT);
    return "";
  }
  jh.store64(value, access.value);
  if (jh.device_access(physical, access.size, access.write ? 1 : 0, value) == 0)
    return access.write ? "write-unanswered" : "read-unanswered";
  access.value = jh.load64(value);
  return "";
}

/** As the load would have done: to the width of its register, with or without sign. */
function extend(access: Access, syndrome: u64): u64 {
  const value = truncate(access.value, access.size);
  if ((syndrome & SIGN_EXTEND) == 0) return value;
  const unused = 64 - 8 * access.size;
  const signed = <u64>(<i64>(value << unused) >> unused);
  return (syndrome & REGISTER_64) != 0 ? signed : signed & 0xffffffff;
}
