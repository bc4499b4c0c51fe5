/** Bytes in order, at most so many. */
export class Fifo {
  readonly #bytes: number[] = [];
  capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get length(): number {
    return this.#bytes.length;
  }
  get isFull(): boolean {
    return this.#bytes.length >= this.capacity;
  }
  push(byte: number): void {
    this.#bytes.push(byte);
  }
  /** 0 when there is none. */
  shift(): number {
    return this.#bytes.shift() ?? 0;
  }
  /** Puts it in place of the last one. */
  replaceLast(byte: number): void {
    this.#bytes[this.#bytes.length - 1] = byte;
  }
  clear(): void {
    this.#bytes.length = 0;
  }
}
