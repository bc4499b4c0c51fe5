/** Base address registers (PCI Local Bus Specification 3.0, 6.2.5). */
import { panic } from "../fault";
import { map as mapRegisters, Registers } from "../mmio";
import { Device } from "./device";

const FIRST: u32 = 0x10;
const COUNT: u32 = 6;

const PORT: u32 = 1;
const PORT_FLAGS: u32 = 3;
const MEMORY_FLAGS: u32 = 15;
const TYPE: u32 = 6;
const TYPE_64: u32 = 4;

function offset(index: u32): u32 {
  if (index >= COUNT) panic(`pci: no BAR ${index}: there are 0 to ${COUNT - 1}`);
  return FIRST + (index << 2);
}

export function isPort(device: Device, index: u32): bool {
  return (device.read32(offset(index)) & PORT) != 0;
}

function isWide(low: u32): bool {
  return (low & (PORT | TYPE)) == TYPE_64;
}

function addressBits(low: u32): u32 {
  return low & PORT ? ~PORT_FLAGS : ~MEMORY_FLAGS;
}

export function address(device: Device, index: u32): u64 {
  const low = device.read32(offset(index));
  const high: u64 = isWide(low) ? device.read32(offset(index + 1)) : 0;
  return (high << 32) | (low & addressBits(low));
}

export function setAddress(device: Device, index: u32, address: u64): void {
  const wide = isWide(device.read32(offset(index)));
  device.write32(offset(index), <u32>address);
  if (wide) device.write32(offset(index + 1), <u32>(address >> 32));
}

/** The lowest bit that can be set is the size. What cannot be changed at all tells nothing. */
export function size(device: Device, index: u32): u64 {
  const before = address(device, index);
  setAddress(device, index, u64.MAX_VALUE);
  const most = address(device, index);
  setAddress(device, index, 0);
  const least = address(device, index);
  setAddress(device, index, before);
  const changeable = most ^ least;
  return changeable & -changeable;
}

export function map(device: Device, index: u32, size: u64): Registers {
  const base = address(device, index);
  if (base == 0 || isPort(device, index)) panic(`pci: BAR ${index} has no memory address`);
  return mapRegisters(base, size);
}
