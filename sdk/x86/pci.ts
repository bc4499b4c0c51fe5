/**
 * PCI configuration of an x86 cell: by memory where the comm region says (MMCONFIG; PCI Express Base Specification,
 * 7.2.2), else by two ports (PCI Local Bus Specification 3.0, 3.2.2.3.2), which reach all buses but only 256 bytes of
 * each function.
 */
import * as atomic from "../atomic";
import * as comm from "../comm-region";
import * as jh from "../jh";

const ADDRESS_PORT: u32 = 0xcf8;
const DATA_PORT: u32 = 0xcfc;
/** Makes the address port forward; also tells such a configuration from a mapped one, which lies far below. */
const ENABLE: u32 = 0x80000000;

const FUNCTION: u64 = 0x1000;

/** The search ends before this function. */
export const END_OF_SEARCH: u32 = 0x10000;
export const HAS_MSI: bool = true;

/** Vendor and device ID of a function; all ones when the cell has none there. Beyond the last bus only ports may look. */
export function probe(bdf: u32): u32 {
  return read32(byPorts(bdf), 0);
}

/** What stands for the function's configuration below; 0 when the window for devices is full. */
export function open(bdf: u32): u32 {
  const base = comm.pciMmconfigBase();
  return base == 0 ? byPorts(bdf) : jh.map_device(base + bdf * FUNCTION, FUNCTION);
}

function byPorts(bdf: u32): u32 {
  return ENABLE | (bdf << 8);
}

export function read8(config: u32, offset: u32): u32 {
  if (!(config & ENABLE)) return jh.read8(config + offset);
  const mask = select(config, offset);
  const value = jh.in8(DATA_PORT + (offset & 3));
  done(mask);
  return value;
}
export function read16(config: u32, offset: u32): u32 {
  if (!(config & ENABLE)) return jh.read16(config + offset);
  const mask = select(config, offset);
  const value = jh.in16(DATA_PORT + (offset & 2));
  done(mask);
  return value;
}
export function read32(config: u32, offset: u32): u32 {
  if (!(config & ENABLE)) return jh.read32(config + offset);
  const mask = select(config, offset);
  const value = jh.in32(DATA_PORT);
  done(mask);
  return value;
}
export function write8(config: u32, offset: u32, value: u32): void {
  if (!(config & ENABLE)) return jh.write8(config + offset, value);
  const mask = select(config, offset);
  jh.out8(DATA_PORT + (offset & 3), value);
  done(mask);
}
export function write16(config: u32, offset: u32, value: u32): void {
  if (!(config & ENABLE)) return jh.write16(config + offset, value);
  const mask = select(config, offset);
  jh.out16(DATA_PORT + (offset & 2), value);
  done(mask);
}
export function write32(config: u32, offset: u32, value: u32): void {
  if (!(config & ENABLE)) return jh.write32(config + offset, value);
  const mask = select(config, offset);
  jh.out32(DATA_PORT, value);
  done(mask);
}

/** 1: a CPU is between the two ports. */
function taken(): usize {
  return memory.data<u32>([0]);
}

/**
 * Sets the address port, which the hypervisor keeps for the cell as a whole: another CPU, or a handler on this one, would
 * set it too before the data is accessed. So CPUs take turns, and interrupts stay off until the mask that this returns is
 * given to `done`. In an image for one CPU nothing of the turns is left.
 */
function select(config: u32, offset: u32): u32 {
  const mask = jh.interrupts_off();
  if (jh.more_cpus() != 0) while (atomic.exchange<u32>(taken(), 1) != 0) jh.relax();
  jh.out32(ADDRESS_PORT, config | (offset & 0xfc));
  return mask;
}

function done(mask: u32): void {
  if (jh.more_cpus() != 0) atomic.store<u32>(taken(), 0);
  jh.interrupts_restore(mask);
}

/** Where messages go, to be taken by this CPU (Intel SDM 3A, 11.11.1); what they write is the vector. */
export function messageAddress(): u32 {
  return 0xfee00000 | ((<u32>jh.cpu_id()) << 12);
}

/** Nothing tells a cell which IOAPIC input a pin leads to. */
export function pinInterrupt(_pin: u32): u32 {
  return 0;
}
