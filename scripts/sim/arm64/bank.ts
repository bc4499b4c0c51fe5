/**
 * The registers that GICD and, of a CPU's own interrupts, GICR have at the same offsets (Arm IHI 0069 12.8, IHI 0048 4.3): bits and bytes for each
 * interrupt. Interrupts that the cell does not have read as 0 and ignore writes (jailhouse-abi 4.5).
 */
import type { Width } from "../device.ts";
import type { Interrupt } from "./interrupt.ts";

/** Gives the cell's interrupt of that number, or undefined. */
export type Find = (id: number) => Interrupt | undefined;

interface Bits {
  readonly offset: number;
  read(interrupt: Interrupt): boolean;
  write(interrupt: Interrupt, set: boolean): void;
}

const GROUP: Bits = {
  offset: 0x080,
  read: (i) => i.group1,
  write: (i, set) => {
    i.group1 = set;
  },
};
/** What writing ones does: sets, or clears. */
const set = (offset: number, read: Bits["read"], change: (i: Interrupt) => void): Bits => ({
  offset,
  read,
  write: (i, bit) => {
    if (bit) change(i);
  },
});
const BITS: readonly Bits[] = [
  GROUP,
  set(
    0x100,
    (i) => i.enabled,
    (i) => (i.enabled = true),
  ),
  set(
    0x180,
    (i) => i.enabled,
    (i) => (i.enabled = false),
  ),
  set(
    0x200,
    (i) => i.isPending,
    (i) => (i.latched = true),
  ),
  set(
    0x280,
    (i) => i.isPending,
    (i) => (i.latched = false),
  ),
  set(
    0x300,
    (i) => i.active,
    (i) => (i.active = true),
  ),
  set(
    0x380,
    (i) => i.active,
    (i) => (i.active = false),
  ),
];
const BYTES_PER_BANK = 0x80;
const PRIORITY = { first: 0x400, end: 0x800 };
const CONFIG = { first: 0xc00, end: 0xd00 };

/** Undefined: not one of these registers. */
export function readBank(find: Find, offset: number, width: Width): number | undefined {
  const bits = BITS.find((each) => offset >= each.offset && offset < each.offset + BYTES_PER_BANK);
  if (bits)
    return fold(width * 8, (i) =>
      find((offset - bits.offset) * 8 + i) ? bits.read(find((offset - bits.offset) * 8 + i) as Interrupt) : false,
    );
  if (offset >= PRIORITY.first && offset < PRIORITY.end) {
    let value = 0;
    for (let i = 0; i < width; i++) value += (find(offset - PRIORITY.first + i)?.priority ?? 0) * 2 ** (8 * i);
    return value;
  }
  if (offset >= CONFIG.first && offset < CONFIG.end)
    return fold(width * 8, (i) => i % 2 === 1 && (find((offset - CONFIG.first) * 4 + (i >> 1))?.edge ?? false));
  return undefined;
}

/** false: not one of these registers. */
export function writeBank(find: Find, offset: number, width: Width, value: number): boolean {
  const bits = BITS.find((each) => offset >= each.offset && offset < each.offset + BYTES_PER_BANK);
  if (bits) {
    for (let i = 0; i < width * 8; i++) {
      const interrupt = find((offset - bits.offset) * 8 + i);
      if (interrupt) bits.write(interrupt, bitOf(value, i));
    }
    return true;
  }
  if (offset >= PRIORITY.first && offset < PRIORITY.end) {
    for (let i = 0; i < width; i++) {
      const interrupt = find(offset - PRIORITY.first + i);
      if (interrupt) interrupt.priority = (value >>> (8 * i)) & 0xff;
    }
    return true;
  }
  if (offset >= CONFIG.first && offset < CONFIG.end) {
    for (let i = 1; i < width * 8; i += 2) {
      const interrupt = find((offset - CONFIG.first) * 4 + (i >> 1));
      if (interrupt && interrupt.id >= 16) interrupt.edge = bitOf(value, i);
    }
    return true;
  }
  return false;
}

function fold(bits: number, bit: (i: number) => boolean): number {
  let value = 0;
  for (let i = 0; i < bits; i++) if (bit(i)) value += 2 ** i;
  return value;
}
function bitOf(value: number, bit: number): boolean {
  return ((value >>> bit) & 1) === 1;
}
