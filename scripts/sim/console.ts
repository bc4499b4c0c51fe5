/** What the cell has printed and nobody has taken yet. */

const FIRST_SIZE = 0x1000;

export class ConsoleOutput {
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;

  put(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }

  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }
}
