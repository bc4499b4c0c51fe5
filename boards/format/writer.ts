/** Bytes that grow: a file while it is written, little endian. */
export class Writer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  integer(value: bigint, bytes: number): void {
    const at = this.zeros(bytes);
    if (bytes === 8) this.#view.setBigUint64(at, value, true);
    else if (bytes === 4) this.#view.setUint32(at, Number(value), true);
    else if (bytes === 2) this.#view.setUint16(at, Number(value), true);
    else this.#view.setUint8(at, Number(value));
  }

  text(text: string): void {
    const at = this.zeros(text.length);
    for (let index = 0; index < text.length; index++) this.#bytes[at + index] = text.charCodeAt(index);
  }

  /** Sets a bit of what was written at `start`. */
  setBit(start: number, bit: number): void {
    const at = start + (bit >> 3);
    this.#bytes[at] = (this.#bytes[at] ?? 0) | (1 << (bit & 7));
  }

  /** Returns where they begin. */
  zeros(bytes: number): number {
    const start = this.#length;
    this.#length += bytes;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#length);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }
}
