/** A set of the 256 interrupt vectors, as the local APIC has three of (Intel SDM volume 3A, 11.8.4). */
export class Vectors {
  readonly #words = new Uint32Array(8);

  has(vector: number): boolean {
    return (((this.#words[vector >> 5] as number) >>> (vector & 31)) & 1) !== 0;
  }
  add(vector: number): void {
    this.#words[vector >> 5] = (this.#words[vector >> 5] as number) | (1 << (vector & 31));
  }
  delete(vector: number): void {
    this.#words[vector >> 5] = (this.#words[vector >> 5] as number) & ~(1 << (vector & 31));
  }
  clear(): void {
    this.#words.fill(0);
  }
  /** The one that is served first, or -1. */
  get highest(): number {
    for (let i = 7; i >= 0; i--) {
      const word = this.#words[i] as number;
      if (word !== 0) return i * 32 + 31 - Math.clz32(word);
    }
    return -1;
  }
  word(index: number): number {
    return this.#words[index] as number;
  }
}
