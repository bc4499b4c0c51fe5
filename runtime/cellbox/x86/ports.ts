/** I/O ports: those of the cell's configuration are its own, as a bitmap says; here is what traps all the same (jailhouse-abi 1.8). */
import { truncate } from "../access.ts";
import * as jh from "../jh.ts";
import { setBytes } from "../memory.ts";
import { PcCell, PcCpu, STAT_PIO } from "./cells.ts";
import * as pciPorts from "./pci-ports.ts";
import { isOurs, PORT_PCI_ADDRESS, PORT_PM_TIMER } from "./q35.ts";
import * as uart from "./uart.ts";

/** EXITINFO1 (AMD APM volume 2, 15.10.2). */
const IN: u64 = 1;
const STRING: u64 = 4;
const REPEATED: u64 = 8;

const ALL: u32 = 0xff;
const BITMAP: u64 = 0x3000;
const DELAY: u32 = 0x80;
const KEYBOARD_COMMAND: u32 = 0x64;

export function build(cell: PcCell): bool {
  if (cell.portBitmap == 0) return false;
  setBytes(cell.portBitmap, ALL, BITMAP);
  const file = cell.file;
  for (let i: u32 = 0; i < file.portRanges; i++) {
    const base = file.portBase(i);
    for (let port = base; port < base + file.portCount(i); port++) if (!isEmulated(port)) permit(cell, port);
  }
  for (let port = PORT_PM_TIMER; port < PORT_PM_TIMER + 4; port++) permit(cell, port);
  return true;
}

/** false: the cell may not do it. */
export function emulate(cpu: PcCpu, cell: PcCell): bool {
  cpu.count(STAT_PIO);
  const info = cpu.block.exitInfo1;
  const port = <u32>(info >> 16) & 0xffff;
  const size = <u32>(info >> 4) & 7;
  const write = (info & IN) == 0;
  if ((info & (STRING | REPEATED)) != 0) return false;
  const value = <u32>truncate(cpu.block.rax, size);
  const result = access(cell, port, size, write, value);
  if (result < 0) return false;
  // A 32-bit result clears the upper half.
  if (!write) cpu.block.rax = size == 4 ? <u64>result : (cpu.block.rax & ~truncate(u64.MAX_VALUE, size)) | result;
  return true;
}

/** What a read gives, or -1: refused. */
function access(cell: PcCell, port: u32, size: u32, write: bool, value: u32): i64 {
  if (port - PORT_PCI_ADDRESS < 8) return pciPorts.access(cell, port, size, write, value);
  if (port == DELAY && size == 1) return write ? 0 : ALL;
  if (!cell.file.hasPorts(port, size)) return -1;
  if (uart.covers(port) && size == 1) return uart.access(cell, port, write, value);
  return <i64>truncate(u64.MAX_VALUE, size);
}

function isEmulated(port: u32): bool {
  return isOurs(port) || port == KEYBOARD_COMMAND || port - PORT_PCI_ADDRESS < 8 || uart.covers(port);
}

function permit(cell: PcCell, port: u32): void {
  const at = cell.portBitmap + (port >> 3);
  jh.store8(at, jh.load8(at) & ~(1 << (port & 7)));
}
