/** Interrupts that a device writes as messages (PCI Local Bus Specification 3.0, 6.8). */
import * as machine from "jh-inmate/machine/pci";
import { panic } from "../fault";
import * as jh from "../jh";
import * as bars from "./bars";
import { Device } from "./device";

const CAP_MSI: u32 = 0x05;
const CAP_MSIX: u32 = 0x11;
const CONTROL: u32 = 2;

const MSI_ADDRESS: u32 = 4;
const MSI_ADDRESS_HIGH: u32 = 8;
/** Behind an address of 32 or of 64 bits. */
const MSI_DATA: u32 = 8;
const MSI_DATA_64: u32 = 12;
const MSI_ENABLE: u32 = 1;
const MSI_MULTIPLE: u32 = 7 << 4;
const MSI_IS_64: u32 = 1 << 7;

const MSIX_LAST: u32 = 0x7ff;
const MSIX_MASK_ALL: u32 = 1 << 14;
const MSIX_ENABLE: u32 = 1 << 15;
/** Which BAR, and behind it the offset in it. */
const MSIX_TABLE: u32 = 4;
const MSIX_TABLE_BAR: u32 = 7;

/** An entry of the table: address, its high half, data, mask. */
const ENTRY: u32 = 16;
const ENTRY_HIGH: u32 = 4;
const ENTRY_DATA: u32 = 8;
const ENTRY_MASK: u32 = 12;

export function setMsi(device: Device, irq: u32): void {
  if (!machine.HAS_MSI) panic("pci: on Arm no controller takes the messages of devices");
  const at = device.capability(CAP_MSI);
  if (at == 0) panic("pci: the device has no MSI");
  const control = device.read16(at + CONTROL);
  const wide = (control & MSI_IS_64) != 0;
  device.write32(at + MSI_ADDRESS, machine.messageAddress());
  if (wide) device.write32(at + MSI_ADDRESS_HIGH, 0);
  device.write16(at + (wide ? MSI_DATA_64 : MSI_DATA), irq);
  device.write16(at + CONTROL, (control & ~MSI_MULTIPLE) | MSI_ENABLE);
}

export function msixCount(device: Device): u32 {
  const at = device.capability(CAP_MSIX);
  return at == 0 ? 0 : (device.read16(at + CONTROL) & MSIX_LAST) + 1;
}

/** The entry changes while all are masked. */
export function setMsix(device: Device, entry: u32, irq: u32): void {
  const count = msixCount(device);
  if (entry >= count) panic(`pci: no message ${entry}: the device has ${count} (MSI-X)`);
  const at = device.capability(CAP_MSIX);
  const control = (device.read16(at + CONTROL) & ~MSIX_MASK_ALL) | MSIX_ENABLE;
  device.write16(at + CONTROL, control | MSIX_MASK_ALL);
  const address = table(device, at, count) + entry * ENTRY;
  jh.write32(address, machine.messageAddress());
  jh.write32(address + ENTRY_HIGH, 0);
  jh.write32(address + ENTRY_DATA, irq);
  jh.write32(address + ENTRY_MASK, 0);
  device.write16(at + CONTROL, control);
}

/** Device address of the table. */
function table(device: Device, at: u32, count: u32): u32 {
  if (device.msixTable == 0) {
    const place = device.read32(at + MSIX_TABLE);
    const base = bars.address(device, place & MSIX_TABLE_BAR);
    const mapped = base == 0 ? 0 : jh.map_device(base + (place & ~MSIX_TABLE_BAR), count * ENTRY);
    if (mapped == 0) panic("pci: the MSI-X table cannot be mapped: its BAR has no address, or there is no room");
    device.msixTable = mapped;
  }
  return device.msixTable;
}
