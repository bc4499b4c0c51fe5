/**
 * PCI configuration of an Arm cell: ECAM (PCI Express Base Specification, 7.2.2), where the comm region says. The
 * hypervisor's own PCI has one bus and nothing behind it.
 */
import * as comm from "../comm-region";
import * as jh from "../jh";

const FUNCTION: u64 = 0x1000;
const NOBODY: u32 = 0xffffffff;
/** GIC: SPI n is interrupt n + 32. */
const FIRST_SPI: u32 = 32;

/** The search ends before this function. A board's own host controller may have more: `pci.at` reaches them. */
export const END_OF_SEARCH: u32 = 0x100;
/** Jailhouse lets cells have no controller that takes messages (ITS, GICv2m): only its own devices send any. */
export const HAS_MSI: bool = false;

/** A page that shows the function which is looked at. */
let shown: u32 = 0;

/** Vendor and device ID of a function; all ones when the cell has none there. */
export function probe(bdf: u32): u32 {
  const base = comm.pciMmconfigBase();
  if (base == 0) return NOBODY;
  const physical = base + bdf * FUNCTION;
  if (shown == 0) shown = jh.map_device(physical, FUNCTION);
  else jh.move_device(shown, physical);
  return jh.read32(shown);
}

/** What stands for the function's configuration below; 0 when the window for devices is full. */
export function open(bdf: u32): u32 {
  return jh.map_device(comm.pciMmconfigBase() + bdf * FUNCTION, FUNCTION);
}

/** The hypervisor fills the whole CPU register with the word that the byte is the lowest of. */
export function read8(config: u32, offset: u32): u32 {
  return jh.read8(config + offset) & 0xff;
}
export function read16(config: u32, offset: u32): u32 {
  return jh.read16(config + offset) & 0xffff;
}
export function read32(config: u32, offset: u32): u32 {
  return jh.read32(config + offset);
}
export function write8(config: u32, offset: u32, value: u32): void {
  jh.write8(config + offset, value);
}
export function write16(config: u32, offset: u32, value: u32): void {
  jh.write16(config + offset, value);
}
export function write32(config: u32, offset: u32, value: u32): void {
  jh.write32(config + offset, value);
}

/** Where messages go: what they write is the interrupt ID, and the address counts for nothing (jailhouse-abi 4.7). */
export function messageAddress(): u32 {
  return 0;
}

/** Interrupt of INTA (1) to INTD (4). */
export function pinInterrupt(pin: u32): u32 {
  return FIRST_SPI + comm.vpciIrqBase() + pin - 1;
}
