/** Accesses that nested paging does not let through: devices that the monitor emulates, or violations. */
import { Access, truncate } from "../access.ts";
import { STAT_MMIO } from "../cell.ts";
import { MEMORY_READ, MEMORY_WRITE } from "../cell-file.ts";
import * as jh from "../jh.ts";
import * as pci from "../pci/configuration.ts";
import { isGranted } from "../sub-page.ts";
import * as apic from "./apic.ts";
import { PcCell, PcCpu, STAT_XAPIC } from "./cells.ts";
import { register, setRegister } from "./frame.ts";
import * as ioapic from "./ioapic.ts";
import { APIC } from "./q35.ts";
import * as testDevice from "./test-device.ts";
import * as violation from "./violation.ts";

/** EXITINFO1 (AMD APM volume 2, 15.25.6). */
const WRITE: u64 = 2;
const FETCH: u64 = 0x10;
const TABLE_WALK: u64 = (<u64>1) << 33;

const REFUSED: string = "refused";
const DENIED: string = "denied";

/** false: it was a violation, which is reported. */
export function handle(cpu: PcCpu, cell: PcCell, frame: u64): bool {
  const info = cpu.block.exitInfo1;
  const address = cpu.block.exitInfo2;
  const write = (info & WRITE) != 0;
  const special = (info & (FETCH | TABLE_WALK)) != 0;
  if (special || !isEmulated(cell, address)) {
    const what =
      (info & TABLE_WALK) != 0 ? "table-walk" : (info & FETCH) != 0 ? "fetch" : complaint(cell, write, address);
    return violation.report(cpu, frame, what, address, 0);
  }
  const instruction = cpu.instruction;
  if (!instruction.decode(cpu, cell) || instruction.write != write)
    return violation.report(cpu, frame, write ? "write-move" : "read-move", address, 0);
  cpu.count(isApic(address) ? STAT_XAPIC : STAT_MMIO);
  const access = cpu.access;
  access.address = address;
  access.size = instruction.size;
  access.write = write;
  const n = instruction.register;
  access.value = n < 0 ? instruction.immediate : truncate(register(cpu, frame, n), access.size);
  const failure = emulate(cpu, cell, access);
  if (failure != "")
    return violation.report(cpu, frame, `${write ? "write" : "read"}-${failure}`, address, access.size);
  if (!write)
    setRegister(cpu, frame, n, loaded(register(cpu, frame, n), access.value, access.size, instruction.target));
  cpu.block.goTo(cpu.block.rip + instruction.length);
  return true;
}

function complaint(cell: PcCell, write: bool, address: u64): string {
  if (cell.file.regionAt(address) >= 0) return write ? "write-denied" : "read-denied";
  return write ? "write-outside" : "read-outside";
}

function isEmulated(cell: PcCell, address: u64): bool {
  const region = cell.file.regionAt(address);
  return (
    isApic(address) ||
    pci.covers(cell, address) ||
    testDevice.covers(cell, address) ||
    ioapic.covers(cell, address) ||
    (region >= 0 && cell.file.isSubPage(region))
  );
}

/** What is wrong with the access, or "". */
function emulate(cpu: PcCpu, cell: PcCell, access: Access): string {
  const address = access.address;
  if (isApic(address)) return apic.emulate(cpu, cell, access) ? "" : REFUSED;
  if (ioapic.covers(cell, address)) return ioapic.emulate(cell, access) ? "" : REFUSED;
  if (pci.covers(cell, address)) return pci.emulate(cell, access) ? "" : REFUSED;
  if (testDevice.covers(cell, address)) return testDevice.emulate(cell, access) ? "" : REFUSED;
  return subPage(cell, access);
}

function isApic(address: u64): bool {
  return address - APIC < 0x1000;
}

/** Direction, width and alignment are checked, then the access is done (jailhouse-abi 1.4). */
function subPage(cell: PcCell, access: Access): string {
  const file = cell.file;
  const region = file.regionAt(access.address);
  if ((file.regionFlags(region) & (access.write ? MEMORY_WRITE : MEMORY_READ)) == 0) return DENIED;
  if (!isGranted(file, region, access)) return REFUSED;
  const physical = file.physicalIn(region, access.address);
  if (access.write) jh.device_write(physical, access.value, access.size);
  else access.value = jh.device_read(physical, access.size);
  return "";
}

/** The register after a load: 32 bits clear the upper half, fewer leave the rest, zero-extension has its own target. */
function loaded(before: u64, value: u64, size: u32, target: u32): u64 {
  const read = truncate(value, size);
  return target >= 4 ? read : (before & ~truncate(u64.MAX_VALUE, target)) | read;
}
