/** `map_ram`, `load*` and `store*`: native addresses, in a window that no pointer of the module reaches (runtime/wasm/ram.c). */
import type { AddressSpace, Span } from "../address-space.ts";
import { FAULT, Fault } from "../faults.ts";
import { Memory } from "../memory.ts";

const PAGE = 0x1000;
const BLOCK = 0x200000;
const WINDOW = 0xffffffffc0000000n;
/** Its lower half, where the upper one is all ones. */
const WINDOW_LOW = 0xc0000000;
const ALL_ONES = -1;
const WINDOW_SIZE = 0x40000000;
/** What the SDK keeps for each CPU. */
const WORDS = 0x1000;
const BYTES_PER_CPU = 16;

interface Piece {
  /** Offsets in the window, whole pages. */
  readonly start: number;
  readonly end: number;
  /** Cell address of the byte at `start`. */
  readonly cell: number;
}

/** Told of each access to RAM, before it is made. `uncached`: the region is a device's, for the CPU. */
export type OnRamAccess = (physical: number, size: number, write: boolean, uncached: boolean) => void;

/** A span as it lies in the window. */
interface Known {
  readonly start: number;
  readonly end: number;
  /** From an offset in the window to the one in the span's memory, and to the cell address. */
  readonly toMemory: number;
  readonly toCell: number;
  readonly uncached: boolean;
  readonly span: Span;
}

export class RamWindow {
  /** Where the access that `reach` was asked for last goes. */
  view: DataView;
  offset = 0;
  readonly #space: AddressSpace;
  readonly #onAccess: OnRamAccess;
  readonly #pieces: Piece[] = [];
  readonly #words: Memory;
  /** Spans that were reached, the last one first. */
  readonly #known: Known[] = [];
  #used = PAGE;

  constructor(space: AddressSpace, cpus: number, onAccess: OnRamAccess) {
    this.#space = space;
    this.#onAccess = onAccess;
    this.#words = new Memory(WORDS, new Uint8Array(cpus * BYTES_PER_CPU));
    this.view = this.#words.view;
  }

  cpuWords(index: number): bigint {
    return BigInt(WORDS + index * BYTES_PER_CPU);
  }

  /** 0: there is no room. Addresses agree with the cell's below 2 MiB, as where whole blocks are mapped. */
  map(physical: bigint, size: bigint): bigint {
    const start = Math.floor(Number(physical) / PAGE) * PAGE;
    const end = Math.ceil((Number(physical) + Number(size)) / PAGE) * PAGE;
    const block = Math.floor(start / BLOCK) * BLOCK;
    const base = Math.ceil(this.#used / BLOCK) * BLOCK;
    if (size === 0n || base + (end - block) > WINDOW_SIZE - PAGE) return 0n;
    this.#pieces.push({ start: base + (start - block), end: base + (end - block), cell: start });
    this.#used = base + (end - block) + PAGE;
    return WINDOW + BigInt(base) + (physical - BigInt(block));
  }

  /** Sets `view` and `offset` to the bytes of a native address, given in halves; the access is checked, and its time passes. */
  reach(low: number, high: number, size: number, write: boolean): void {
    const at = (low >>> 0) - WINDOW_LOW;
    if (high !== ALL_ONES || at < 0) this.#reachWords(low, high, size);
    else {
      const known = this.#knownAt(at, size, write);
      if (!known) this.#reachOnce(at, size, write);
      else {
        this.view = known.span.memory.view;
        this.offset = at + known.toMemory;
        this.#onAccess(known.span.physicalOf(at + known.toCell), size, write, known.uncached);
      }
    }
  }

  /** Cell address of a native one; undefined: nothing is mapped there. */
  cellAddress(address: bigint): number | undefined {
    const at = Number(BigInt.asUintN(64, address) - WINDOW);
    const piece = this.#pieces.find(({ start, end }) => at >= start && at < end);
    return piece && piece.cell + at - piece.start;
  }

  #reachWords(low: number, high: number, size: number): void {
    const offset = (low >>> 0) - WORDS;
    if (high !== 0 || offset < 0 || offset + size > this.#words.bytes.length)
      throw new Fault(FAULT.unmapped, { address: BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt(low >>> 0)) });
    this.view = this.#words.view;
    this.offset = offset;
  }

  #knownAt(at: number, size: number, write: boolean): Known | undefined {
    const all = this.#known;
    for (let i = 0; i < all.length; i++) {
      const known = all[i] as Known;
      if (at < known.start || at + size > known.end || !known.span.flags.has(write ? "write" : "read")) continue;
      if (i > 0) [all[0], all[i]] = [known, all[0] as Known];
      return known;
    }
    return undefined;
  }

  /** For the first time, or where each access has to be looked at. */
  #reachOnce(at: number, size: number, write: boolean): void {
    const piece = this.#pieces.find(({ start, end }) => at >= start && at + size <= end);
    if (!piece) throw new Fault(FAULT.unmapped, { address: WINDOW + BigInt(at) });
    const cell = piece.cell + at - piece.start;
    this.#space.check(cell, size, write);
    const memory = this.#space.memoryAt(cell);
    if (!memory) throw new Fault(FAULT.unmapped, { address: BigInt(cell) });
    this.view = memory.view;
    this.offset = cell - memory.address;
    const span = this.#space.spanAt(cell);
    if (!span) return;
    const toCell = piece.cell - piece.start;
    const uncached = span.flags.has("io");
    this.#onAccess(span.physicalOf(cell), size, write, uncached);
    this.#known.unshift({
      start: Math.max(piece.start, span.start - toCell),
      end: Math.min(piece.end, span.end - toCell),
      toMemory: toCell - span.memory.address,
      ...{ toCell, uncached, span },
    });
  }
}
