/** The cell's RAM, its shared memory and its comm region, as tests see them: by cell address. */
import { UserError } from "../errors.ts";
import type { AddressSpace } from "./address-space.ts";

type Address = number | bigint;

export class CellMemory {
  readonly #space: AddressSpace;
  readonly #cell: string;

  constructor(space: AddressSpace, cell: string) {
    this.#space = space;
    this.#cell = cell;
  }

  read8(address: Address): number {
    return this.#view(address, 1).getUint8(0);
  }
  read16(address: Address): number {
    return this.#view(address, 2).getUint16(0, true);
  }
  read32(address: Address): number {
    return this.#view(address, 4).getUint32(0, true);
  }
  read64(address: Address): bigint {
    return this.#view(address, 8).getBigUint64(0, true);
  }
  write8(address: Address, value: number): void {
    this.#view(address, 1).setUint8(0, value);
  }
  write16(address: Address, value: number): void {
    this.#view(address, 2).setUint16(0, value, true);
  }
  write32(address: Address, value: number): void {
    this.#view(address, 4).setUint32(0, value, true);
  }
  write64(address: Address, value: bigint): void {
    this.#view(address, 8).setBigUint64(0, value, true);
  }

  /** The bytes themselves, not a copy. */
  bytes(address: Address, length: number): Uint8Array {
    const { buffer, byteOffset } = this.#view(address, length);
    return new Uint8Array(buffer, byteOffset, length);
  }

  #view(address: Address, length: number): DataView<ArrayBuffer> {
    const at = Number(address);
    const memory = this.#space.memoryAt(at);
    if (!memory || at + length > memory.end)
      throw new UserError(`cell ${this.#cell} has no ${length} bytes of memory at 0x${at.toString(16)}`);
    const { buffer, byteOffset } = memory.bytes;
    return new DataView(buffer as ArrayBuffer, byteOffset + at - memory.address, length);
  }
}
