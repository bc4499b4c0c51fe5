/** `map_device`, `read*` and `write*`: device addresses of the program lead to pages of cell addresses (runtime/arm64/layout.h). */
import type { AddressSpace, PageTarget } from "../address-space.ts";
import type { Width } from "../device.ts";
import { FAULT, Fault } from "../faults.ts";

const PAGE = 0x1000;

/** Device addresses of an architecture: the comm region's page, and the pages for devices. */
export interface WindowLayout {
  readonly comm: number;
  readonly firstPage: number;
  readonly endPage: number;
}

interface Page {
  readonly cell: number;
  /** Straight to the device, where every access may be made. */
  readonly target: PageTarget | undefined;
}

/** Told of each access to a device, if anybody asks. */
export type OnAccess = (address: number, width: number, value: number, isWrite: boolean) => void;

export class DeviceWindow {
  onAccess: OnAccess | undefined;
  readonly #layout: WindowLayout;
  readonly #space: AddressSpace;
  readonly #onComm: (offset: number) => void;
  readonly #pages: (Page | undefined)[] = [];
  #next: number;

  /** `onComm` is told of writes to the comm region. */
  constructor(layout: WindowLayout, space: AddressSpace, onComm: (offset: number) => void) {
    this.#onComm = onComm;
    this.#layout = layout;
    this.#space = space;
    this.#next = layout.firstPage;
  }

  /** 0: there is no room. A page stays free behind each device. */
  map(physical: bigint, size: bigint): number {
    const base = Number(physical);
    const offset = base % PAGE;
    const count = Math.ceil((offset + Number(size)) / PAGE);
    const first = this.#next;
    if (size === 0n || first + count + 1 > this.#layout.endPage) return 0;
    this.#next = first + count + 1;
    for (let i = 0; i < count; i++) this.#pages[first + i] = this.#page(base - offset + i * PAGE);
    return first * PAGE + offset;
  }

  move(address: number, physical: bigint): void {
    this.#pages[(address >>> 0) >>> 12] = this.#page(Number(physical));
  }

  read(address: number, width: Width): number {
    const page = this.#pages[address >>> 12];
    if (page?.target && !this.onAccess)
      return page.target.device.read(page.target.offset + (address & 0xfff), width) >>> 0;
    return this.#read(address >>> 0, width);
  }

  write(address: number, width: Width, value: number): void {
    const page = this.#pages[address >>> 12];
    if (page?.target && !this.onAccess)
      page.target.device.write(page.target.offset + (address & 0xfff), width, value >>> 0);
    else this.#write(address >>> 0, width, value >>> 0);
  }

  read64(address: number): bigint {
    if (!this.#isComm(address >>> 0)) this.#space.check(this.cellAddress(address), 8, false);
    return BigInt(this.read(address, 4)) | (BigInt(this.read(address + 4, 4)) << 32n);
  }

  write64(address: number, value: bigint): void {
    if (!this.#isComm(address >>> 0)) this.#space.check(this.cellAddress(address), 8, true);
    this.write(address, 4, Number(BigInt.asUintN(32, value)));
    this.write(address + 4, 4, Number(BigInt.asUintN(64, value) >> 32n));
  }

  isMapped(address: number): boolean {
    const page = address >>> 12;
    return this.#pages[page] !== undefined || this.#pages[page - 1] !== undefined;
  }

  /** Of a byte that is mapped. @throws Fault where nothing is. */
  cellAddress(address: number): number {
    const at = address >>> 0;
    const page = this.#pages[at >>> 12];
    if (page) return page.cell + (at & 0xfff);
    const behind = this.#pages[(at >>> 12) - 1];
    const named = behind ? behind.cell + PAGE + (at & 0xfff) : at;
    throw new Fault(FAULT.unmapped, { address: BigInt(named) });
  }

  #page(cell: number): Page {
    return { cell, target: this.#space.pageAt(cell) };
  }

  #read(address: number, width: Width): number {
    if (this.#isComm(address)) return this.#space.comm.read(address - this.#layout.comm, width);
    const cell = this.cellAddress(address);
    const value = this.#space.read(cell, width);
    this.onAccess?.(cell, width, value, false);
    return value;
  }

  #write(address: number, width: Width, value: number): void {
    if (this.#isComm(address)) {
      this.#space.comm.write(address - this.#layout.comm, width, value);
      this.#onComm(address - this.#layout.comm);
      return;
    }
    const cell = this.cellAddress(address);
    this.onAccess?.(cell, width, value, true);
    this.#space.write(cell, width, value);
  }

  #isComm(address: number): boolean {
    return address >= this.#layout.comm && address < this.#layout.comm + PAGE;
  }
}
