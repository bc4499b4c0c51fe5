/** From linear addresses to physical ones by tables in memory (AMD APM volume 2, 5.2 to 5.4), for a debugger: access rights do not count. */

export interface Paging {
  readonly cr0: bigint;
  readonly cr3: bigint;
  readonly cr4: bigint;
  readonly efer: bigint;
}

/** An entry of a table, little-endian; undefined: there is no memory. */
export type ReadEntry = (address: bigint, bytes: number) => Promise<bigint | undefined>;

const CR0_PG = 1n << 31n;
const CR4_PSE = 1n << 4n;
const CR4_PAE = 1n << 5n;
const EFER_LMA = 1n << 10n;
const PRESENT = 1n;
const LARGE = 1n << 7n;

interface Mode {
  /** Of the address's part that indexes each table. */
  readonly shifts: readonly bigint[];
  readonly index: bigint;
  readonly entryBytes: number;
  /** Where an entry may be a page itself. */
  readonly largeShifts: readonly bigint[];
  readonly root: bigint;
  readonly next: bigint;
}

const LONG: Mode = {
  shifts: [39n, 30n, 21n, 12n],
  index: 0x1ffn,
  entryBytes: 8,
  largeShifts: [30n, 21n],
  root: 0xf_ffff_ffff_f000n,
  next: 0xf_ffff_ffff_f000n,
};
const PAE: Mode = { ...LONG, shifts: [30n, 21n, 12n], largeShifts: [21n], root: 0xffff_ffe0n };
const LEGACY: Mode = {
  shifts: [22n, 12n],
  index: 0x3ffn,
  entryBytes: 4,
  largeShifts: [],
  root: 0xffff_f000n,
  next: 0xffff_f000n,
};

/** Four levels, as nested tables have them. */
export function fourLevels(root: bigint): Paging {
  return { cr0: CR0_PG, cr3: root, cr4: CR4_PAE, efer: EFER_LMA };
}

/** Physical address; undefined: nothing is mapped there. */
export async function translate(linear: bigint, paging: Paging, read: ReadEntry): Promise<bigint | undefined> {
  if (!(paging.cr0 & CR0_PG)) return linear & 0xffff_ffffn;
  const { shifts, index, entryBytes, largeShifts, root, next } = modeOf(paging);
  if (shifts === LONG.shifts && !isCanonical(linear)) return undefined;
  let table = paging.cr3 & root;
  for (const shift of shifts) {
    const number = (linear >> shift) & (shift === 30n && shifts === PAE.shifts ? 3n : index);
    const entry = await read(table + number * BigInt(entryBytes), entryBytes);
    if (entry === undefined || !(entry & PRESENT)) return undefined;
    if (shift === 12n || (entry & LARGE && largeShifts.includes(shift))) {
      const inside = (1n << shift) - 1n;
      return (entry & next & ~inside) | (linear & inside);
    }
    table = entry & next;
  }
  return undefined;
}

function modeOf({ cr4, efer }: Paging): Mode {
  if (efer & EFER_LMA) return LONG;
  if (cr4 & CR4_PAE) return PAE;
  return cr4 & CR4_PSE ? { ...LEGACY, largeShifts: [22n] } : LEGACY;
}

function isCanonical(linear: bigint): boolean {
  return BigInt.asIntN(48, linear) === BigInt.asIntN(64, linear);
}
