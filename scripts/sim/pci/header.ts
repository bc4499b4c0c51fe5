/** The header of a PCI function's configuration space (PCI Local Bus 3.0, 6.1, 6.2). */

export const ID = 0x00;
export const COMMAND = 0x04;
export const CLASS = 0x08;
export const CACHE_LINE = 0x0c;
export const BAR_0 = 0x10;
export const BARS = 6;
export const BARS_END = BAR_0 + 4 * BARS;
export const SUBSYSTEM = 0x2c;
export const ROM = 0x30;
export const CAPABILITIES = 0x34;
export const INTERRUPT = 0x3c;
export const HEADER_SIZE = 0x40;

export const COMMAND_MEMORY = 1 << 1;
export const COMMAND_MASTER = 1 << 2;
export const COMMAND_NO_PIN = 1 << 10;
/** Of the status, in the upper half: there is a list of capabilities. */
export const HAS_CAPABILITIES = 1 << 20;

/** Kinds of BAR. */
export const BAR_PORTS = 1;
export const BAR_64 = 4;

export const CAP_MSI = 0x05;
export const CAP_VENDOR = 0x09;
export const CAP_MSIX = 0x11;

/** The bits of a dword that an access of so many bytes at `offset` reaches. */
export function bytesOf(offset: number, width: number): number {
  const all = width === 4 ? 0xffffffff : (1 << (8 * width)) - 1;
  return (all << (8 * (offset & 3))) >>> 0;
}

/** A dword after a write of some of its bytes. */
export function merge(before: number, offset: number, width: number, value: number): number {
  const mask = bytesOf(offset, width);
  return ((before & ~mask) | ((value << (8 * (offset & 3))) & mask)) >>> 0;
}
