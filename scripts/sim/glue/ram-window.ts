/** `map_ram`, `load*` and `store*`: native addresses, in a window that no pointer of the module reaches (runtime/wasm/ram.c). */
import type { AddressSpace } from "../address-space.ts";
import { FAULT, Fault } from "../faults.ts";
import { Memory } from "../memory.ts";

const PAGE = 0x1000;
const BLOCK = 0x200000;
const WINDOW = 0xffffffffc0000000n;
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

export class RamWindow {
  readonly #space: AddressSpace;
  readonly #pieces: Piece[] = [];
  readonly #words: Memory;
  #used = PAGE;

  constructor(space: AddressSpace, cpus: number) {
    this.#space = space;
    this.#words = new Memory(WORDS, new Uint8Array(cpus * BYTES_PER_CPU));
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

  /** Where the bytes are; the access is checked. */
  at(address: bigint, size: number, write: boolean): { view: DataView; offset: number } {
    const native = BigInt.asUintN(64, address);
    if (native < WINDOW) {
      const offset = Number(native) - WORDS;
      if (offset >= 0 && offset + size <= this.#words.bytes.length) return { view: this.#words.view, offset };
      throw new Fault(FAULT.unmapped, { address: native });
    }
    const at = Number(native - WINDOW);
    const piece = this.#pieces.find(({ start, end }) => at >= start && at + size <= end);
    if (!piece) throw new Fault(FAULT.unmapped, { address: native });
    const cell = piece.cell + at - piece.start;
    this.#space.check(cell, size, write);
    const memory = this.#space.memoryAt(cell);
    if (!memory) throw new Fault(FAULT.unmapped, { address: BigInt(cell) });
    return { view: memory.view, offset: cell - memory.address };
  }
}
