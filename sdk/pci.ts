/**
 * PCI devices. A cell sees the functions that its configuration grants and no other; of their configuration it may write
 * the command register, BARs and the interrupt line, and capabilities that the cell's configuration marks as writable
 * (`flags: ["write"]`). The hypervisor stops a CPU that writes elsewhere.
 */
import * as machine from "jh-inmate/machine/pci";
import { panic } from "./fault";
import { Device } from "./pci/device";

export { Device } from "./pci/device";

/** Any vendor, any device. */
export const ANY: u32 = 0xffff;

/** Bits of the command register (PCI Local Bus Specification 3.0, 6.2.2), for `Device.enable`. */
export const PORTS: u32 = 1 << 0;
/** The device answers at its memory BARs. */
export const MEMORY: u32 = 1 << 1;
/** The device may access memory, and so send messages. */
export const MASTER: u32 = 1 << 2;
export const NO_INTX: u32 = 1 << 10;

/** Identifiers of capabilities (Appendix H). */
export const CAP_MSI: u32 = 0x05;
export const CAP_VENDOR: u32 = 0x09;
export const CAP_MSIX: u32 = 0x11;

/** What a function that the cell does not have reads. */
const NOBODY: u32 = 0xffffffff;

/**
 * The first function from number `from` on with these IDs; null: there is none. Numbers are as in `Device.bdf`: with
 * that of one found plus 1 the search goes on. On Arm it covers bus 0. Allocates.
 */
export function find(vendorId: u32 = ANY, deviceId: u32 = ANY, from: u32 = 0): Device | null {
  for (let bdf = from; bdf < machine.END_OF_SEARCH; bdf++) {
    const ids = machine.probe(bdf);
    if (ids != NOBODY && matches(ids & 0xffff, vendorId) && matches(ids >>> 16, deviceId)) return open(bdf);
  }
  return null;
}

/** The function at that place, whose bus exists; null when the cell does not have it. Allocates. */
export function at(bus: u32, slot: u32, func: u32 = 0): Device | null {
  const bdf = (bus << 8) | (slot << 3) | func;
  return machine.probe(bdf) == NOBODY ? null : open(bdf);
}

function matches(id: u32, wanted: u32): bool {
  return wanted == ANY || id == wanted;
}

function open(bdf: u32): Device {
  const config = machine.open(bdf);
  if (config == 0) panic("pci: no room for the registers of more devices");
  return new Device(bdf, config);
}
