/** The MSI-X table of a function, and the pending bits behind it, which are always 0 (PCI Local Bus 3.0, 6.8.2; jailhouse-abi 4.4, 4.7). */
import type { Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import type { Message } from "./function.ts";

export const ENTRY_SIZE = 16;
const ENTRY_WORDS = 4;
const HIGH = 1;
const DATA = 2;
const CONTROL = 3;
const MASKED = 1;

/** In the upper half of the capability's first dword. */
export const MSIX_ENABLE = 2 ** 31;
export const MSIX_MASK_ALL = 2 ** 30;

export class MsixTable implements Device {
  readonly #words: Uint32Array;
  /** An entry was written. */
  readonly #changed: (vector: number) => void;

  /** @param changed may throw a Refusal */
  constructor(vectors: number, changed: (vector: number) => void) {
    this.#words = new Uint32Array(vectors * ENTRY_WORDS);
    this.#changed = changed;
    this.reset();
  }

  reset(): void {
    for (let i = 0; i < this.#words.length; i++) this.#words[i] = i % ENTRY_WORDS === CONTROL ? MASKED : 0;
  }

  isMasked(vector: number): boolean {
    return (this.#word(vector, CONTROL) & MASKED) !== 0;
  }

  message(vector: number): Message {
    const address = (BigInt(this.#word(vector, HIGH)) << 32n) | BigInt(this.#word(vector, 0));
    return { address, data: this.#word(vector, DATA) };
  }

  /** Of any width, at dwords: Jailhouse looks at the address alone. */
  read(offset: number, _width: Width): number {
    if (offset % 4 !== 0) throw new Refusal();
    return this.#words[offset / 4] ?? 0;
  }

  /** Behind the table nothing can be written. */
  write(offset: number, _width: Width, value: number): void {
    if (offset % 4 !== 0 || offset / 4 >= this.#words.length) throw new Refusal();
    this.#words[offset / 4] = value;
    this.#changed(Math.floor(offset / ENTRY_SIZE));
  }

  #word(vector: number, field: number): number {
    return this.#words[vector * ENTRY_WORDS + field] ?? 0;
  }
}
