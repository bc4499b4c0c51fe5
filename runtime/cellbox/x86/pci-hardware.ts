/**
 * The machine's PCI functions: no firmware has given them addresses. A memory BAR of a granted function goes to the cell's region of equal size, so
 * that cells which name a place fit whatever QEMU would choose; others lie where no cell has anything.
 */
import { Cell, cells } from "../cell.ts";
import * as jh from "../jh.ts";
import { BARS, PciFunction, REG_BAR_0, TYPE_DEVICE } from "../pci/function.ts";
import { pciConfigBase } from "../run.ts";

/** Of 32-bit PCI memory, above all that boards' configurations name. */
const SPARE_MEMORY: u64 = 0xf0000000;
const SPARE_PORTS: u32 = 0xd000;
const PCI_MEMORY: u64 = 0xc0000000;
const PCI_MEMORY_END: u64 = 0xfec00000;

const BAR_PORTS: u32 = 1;
const BAR_64: u32 = 4;
const TYPE_BITS: u32 = 15;

let memory: u64 = SPARE_MEMORY;
let ports: u32 = SPARE_PORTS;

export function read(bdf: u32, offset: u32, size: u32): u32 {
  return <u32>jh.device_read(pciConfigBase() + (bdf << 12) + offset, size);
}

export function write(bdf: u32, offset: u32, size: u32, value: u32): void {
  jh.device_write(pciConfigBase() + (bdf << 12) + offset, value, size);
}

/** Before a cell starts. */
export function place(): void {
  for (let i = 0; i < cells.length; i++) {
    const functions = cells[i].functions;
    for (let n = 0; n < functions.length; n++) if (functions[n].type == TYPE_DEVICE) placeBars(cells[i], functions[n]);
  }
}

function placeBars(cell: Cell, device: PciFunction): void {
  let region: u32 = 0;
  for (let i: u32 = 0; i < BARS; i++) {
    const register = REG_BAR_0 + 4 * i;
    write(device.bdf, register, 4, u32.MAX_VALUE);
    const mask = read(device.bdf, register, 4);
    if (mask == 0 || mask == u32.MAX_VALUE) continue;
    if ((mask & BAR_PORTS) != 0) {
      write(device.bdf, register, 4, placePorts(cell, -(mask & ~3) & 0xffff));
      continue;
    }
    const size = <u64>-(mask & ~TYPE_BITS);
    region = regionOf(cell, size, region);
    const granted = region < cell.file.regions;
    write(device.bdf, register, 4, <u32>(granted ? cell.file.regionPhysical(region) : spare(size)));
    region = granted ? region + 1 : 0;
    if ((mask & BAR_64) != 0) write(device.bdf, REG_BAR_0 + 4 * ++i, 4, 0);
  }
}

/** The next region of this size in PCI's memory; their number: there is none. */
function regionOf(cell: Cell, size: u64, from: u32): u32 {
  const file = cell.file;
  for (let i = from; i < file.regions; i++) {
    const physical = file.regionPhysical(i);
    if (file.regionSize(i) == size && physical >= PCI_MEMORY && physical + size <= PCI_MEMORY_END) return i;
  }
  return file.regions;
}

function spare(size: u64): u64 {
  const at = (memory + size - 1) & ~(size - 1);
  memory = at + size;
  return at;
}

/** At the cell's first range that has room for them, where it may be a port short of the whole, as e1000-demo's is. */
function placePorts(cell: Cell, size: u32): u32 {
  const file = cell.file;
  for (let i: u32 = 0; i < file.portRanges; i++) {
    const base = file.portBase(i);
    if (base >= 0x1000 && (base & (size - 1)) == 0 && file.portCount(i) + 1 >= size) return base;
  }
  const at = (ports + size - 1) & ~(size - 1);
  ports = at + size;
  return at;
}
