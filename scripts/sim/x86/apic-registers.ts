/**
 * Registers of the local APIC by their x2APIC numbers, the MSR's less 0x800 (Intel SDM volume 3A, 11.12.1.2), and what Jailhouse lets a cell do with
 * them on a machine whose APICs are in xAPIC mode (jailhouse-abi 4.1).
 */

export const ID = 0x02;
export const VERSION = 0x03;
export const TPR = 0x08;
export const PPR = 0x0a;
export const EOI = 0x0b;
export const LDR = 0x0d;
export const SVR = 0x0f;
/** In service, trigger mode, requested: a bit for each vector, eight registers each. */
export const ISR = 0x10;
export const TMR = 0x18;
export const IRR = 0x20;
export const ESR = 0x28;
export const ICR = 0x30;
export const LVT_TIMER = 0x32;
export const LVT_THERMAL = 0x33;
export const LVT_COUNTERS = 0x34;
export const LVT_LINT0 = 0x35;
export const LVT_LINT1 = 0x36;
export const LVT_ERROR = 0x37;
export const TIMER_COUNT = 0x38;
export const TIMER_CURRENT = 0x39;
export const TIMER_DIVIDE = 0x3e;

export interface Access {
  readonly reads: boolean;
  /** Bits that a write may set; absent: it cannot be written. */
  readonly writes?: number;
}

const shown: Access = { reads: true };
const vectors = (first: number): [number, Access][] => Array.from({ length: 8 }, (_, i) => [first + i, shown]);

/** The registers' numbers end before. */
export const COUNT = 0x40;

const TABLE: readonly [number, Access][] = [
  [ID, shown],
  [VERSION, shown],
  [TPR, { reads: true, writes: 0xff }],
  [PPR, shown],
  [EOI, { reads: false, writes: 0xffffffff }],
  [LDR, shown],
  [SVR, { reads: true, writes: 0x3ff }],
  ...vectors(ISR),
  ...vectors(TMR),
  ...vectors(IRR),
  [ESR, { reads: true, writes: 0 }],
  [ICR, { reads: true, writes: 0xccfff }],
  [LVT_TIMER, { reads: true, writes: 0x710ff }],
  [LVT_THERMAL, { reads: true, writes: 0x117ff }],
  [LVT_COUNTERS, { reads: true, writes: 0x117ff }],
  [LVT_LINT0, { reads: true, writes: 0xf17ff }],
  [LVT_LINT1, { reads: true, writes: 0xf17ff }],
  [LVT_ERROR, { reads: true, writes: 0x110ff }],
  [TIMER_COUNT, { reads: true, writes: 0xffffffff }],
  [TIMER_CURRENT, shown],
  [TIMER_DIVIDE, { reads: true, writes: 0xb }],
];

/** By the register's number; undefined: there is none. */
export const ACCESS: readonly (Access | undefined)[] = Array.from(
  { length: COUNT },
  (_, register) => TABLE.find(([number]) => number === register)?.[1],
);

/** Delivery modes, in the ICR, in the LVT and in the IOAPIC's entries. */
export const MODE_MASK = 0x700;
export const MODE_FIXED = 0x000;
export const MODE_LOWEST = 0x100;
export const MODE_NMI = 0x400;
export const MODE_INIT = 0x500;
export const MODE_SIPI = 0x600;

export const LVT_MASKED = 1 << 16;
