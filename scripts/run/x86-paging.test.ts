import { expect, test } from "vitest";
import { type Paging, translate } from "./x86-paging.ts";

const CR0_PG = 0x80000000n;
const PSE = 0x10n;
const PAE = 0x20n;
const LMA = 0x400n;
const PRESENT = 1n;
const LARGE = 0x80n;
const NO_EXECUTE = 1n << 63n;

/** Tables by address of their entries. */
const MEMORY: Readonly<Record<string, bigint>> = {
  // At 0x1000, four levels: two pages, and pages of 2 MiB and 1 GiB.
  "0x1000": 0x2000n | PRESENT,
  "0x1ff8": 0x2000n | PRESENT,
  "0x2000": 0x3000n | PRESENT,
  "0x2008": 0x40000000n | LARGE | PRESENT,
  "0x2018": 0x3000n,
  "0x2ff8": 0x3000n | PRESENT,
  "0x3000": 0x4000n | PRESENT,
  "0x3008": 0x80200000n | LARGE | PRESENT,
  "0x3ff8": 0x4000n | PRESENT,
  "0x4008": 0x12345000n | PRESENT | NO_EXECUTE,
  "0x4ff8": 0x6000n | PRESENT,
  // At 0x5020, the four entries of PAE.
  "0x5020": 0x3000n | PRESENT,
  "0x5038": 0x3000n | PRESENT,
  // At 0x8000, two levels of entries of 32 bits.
  "0x8000": 0x9000n | PRESENT,
  "0x8004": 0x00400000n | LARGE | PRESENT,
  "0x9ffc": 0x7000n | PRESENT,
};

const long: Paging = { cr0: CR0_PG, cr3: 0x1000n, cr4: PAE, efer: LMA };
const pae: Paging = { cr0: CR0_PG, cr3: 0x5020n, cr4: PAE, efer: 0n };
const legacy: Paging = { cr0: CR0_PG, cr3: 0x8000n, cr4: PSE, efer: 0n };
const real: Paging = { cr0: 0n, cr3: 0x1000n, cr4: 0n, efer: 0n };

test.for([
  ["a page", long, 0x1abcn, 0x12345abcn],
  ["a page of 2 MiB", long, 0x234567n, 0x80234567n],
  ["a page of 1 GiB", long, 0x51234567n, 0x51234567n],
  ["the last page", long, 0xffff_ffff_ffff_f123n, 0x6123n],
  ["no page", long, 0x2000n, undefined],
  ["a table that is not present", long, 0xc000_0000n, undefined],
  ["a table outside of memory", long, 0x80_0000_0000n, undefined],
  ["an address that is not canonical", long, 0x8000_0000_0000n, undefined],
  ["PAE, a page", pae, 0x1abcn, 0x12345abcn],
  ["PAE, the fourth GiB", pae, 0xc0201234n, 0x80201234n],
  ["PAE, no directory", pae, 0x40000000n, undefined],
  ["32 bits, a page", legacy, 0x3ff_123n, 0x7123n],
  ["32 bits, a page of 4 MiB", legacy, 0x456789n, 0x456789n],
  ["32 bits, that bit without PSE", { ...legacy, cr4: 0n }, 0x456789n, undefined],
  ["no paging", real, 0xfff0n, 0xfff0n],
] as const)("%s", async ([, paging, linear, physical]) => {
  const read = async (address: bigint, bytes: number) => {
    expect(bytes).toBe(paging.cr3 === 0x8000n ? 4 : 8);
    return MEMORY[`0x${address.toString(16)}`];
  };
  expect(await translate(linear, paging, read)).toBe(physical);
});
