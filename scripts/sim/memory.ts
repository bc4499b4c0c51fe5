/** Memory by cell or physical addresses, which are whole numbers below 2^53. */

export class Memory {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(address: number, bytes: Uint8Array) {
    this.address = address;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get end(): number {
    return this.address + this.bytes.length;
  }

  read(offset: number, width: number): number {
    if (width === 4) return this.view.getUint32(offset, true);
    return width === 1 ? this.view.getUint8(offset) : this.view.getUint16(offset, true);
  }

  write(offset: number, width: number, value: number): void {
    if (width === 4) this.view.setUint32(offset, value, true);
    else if (width === 1) this.view.setUint8(offset, value);
    else this.view.setUint16(offset, value, true);
  }
}

/** The board's memory: what several cells have in common is there once. */
export class BoardMemory {
  readonly #pieces: Memory[] = [];

  /** The piece from `physical` on; made when it is asked for first. */
  piece(physical: number, size: number): Memory {
    const known = this.#pieces.find(({ address, end }) => physical >= address && physical + size <= end);
    if (!known) {
      const made = new Memory(physical, new Uint8Array(size));
      this.#pieces.push(made);
      return made;
    }
    const from = physical - known.address;
    return new Memory(physical, known.bytes.subarray(from, from + size));
  }
}
