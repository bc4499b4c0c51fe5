/** Random numbers by seed: the same program and arguments come of the same seed on every machine. */

/** xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled"). */
export class Random {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt.asUintN(64, BigInt(seed) * 0x9e3779b97f4a7c15n + 0x1234567n) || 1n;
    for (let i = 0; i < 8; i++) this.u64();
  }

  u64(): bigint {
    let x = this.#state;
    x ^= x >> 12n;
    x = BigInt.asUintN(64, x ^ (x << 25n));
    x ^= x >> 27n;
    this.#state = x;
    return BigInt.asUintN(64, x * 0x2545f4914f6cdd1dn);
  }

  /** 0 to `end`, which is left out. */
  below(end: number): number {
    return Number((this.u64() >> 11n) % BigInt(end));
  }

  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  /** True in `parts` of 100 cases. */
  percent(parts: number): boolean {
    return this.below(100) < parts;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Uint8Array {
    const words = new BigUint64Array(Math.ceil(length / 8));
    for (let i = 0; i < words.length; i++) words[i] = this.u64();
    return new Uint8Array(words.buffer, 0, length);
  }
}
