import { UserError } from "../../errors.ts";

/** Reads the primitive values of the binary format (Core Specification 2.0, 5.2) and never reads past the end. */
export class Reader {
  readonly bytes: Uint8Array;
  /** What errors call the file. */
  readonly what: string;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, what: string, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.what = what;
    this.at = start;
    this.end = end;
  }

  fail(problem: string): never {
    throw new UserError(`${this.what}: not a valid Wasm module: ${problem} at offset ${this.at}`);
  }

  u8(): number {
    if (this.at >= this.end) this.fail("it ends too early");
    return this.bytes[this.at++] as number;
  }

  skip(count: number): void {
    if (count > this.end - this.at) this.fail("it ends too early");
    this.at += count;
  }

  take(count: number): Uint8Array {
    const from = this.at;
    this.skip(count);
    return this.bytes.subarray(from, this.at);
  }

  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value <= 0xffffffff ? value : this.fail("a number is too large");
    }
    return this.fail("a number is too long");
  }

  /** Signed LEB128 of at most `bits` bits. */
  signed(bits: number): bigint {
    let value = 0n;
    for (let shift = 0n; shift < bits + 7; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(bits, byte & 0x40 ? value - (1n << (shift + 7n)) : value);
    }
    return this.fail("a number is too long");
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.u32()));
  }

  /** A vector: its length, then `item` for each element. */
  list<T>(item: (index: number) => T): T[] {
    const count = this.u32();
    if (count > this.end - this.at) this.fail("a list is longer than its section");
    return Array.from({ length: count }, (_, i) => item(i));
  }
}

/** Unsigned LEB128. */
export function leb(value: number): number[] {
  const out: number[] = [];
  do {
    const byte = value % 128;
    value = Math.floor(value / 128);
    out.push(value > 0 ? byte | 0x80 : byte);
  } while (value > 0);
  return out;
}
