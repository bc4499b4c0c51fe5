/** A PCI bus as Jailhouse shows it to a cell: what the cell does not have reads ones, and what it may not write throws. */
import type { FakeRegion } from "./devices.ts";

const FUNCTION = 0x1000;
const HEADER = 0x40;

export interface FakeFunction {
  readonly bdf: number;
  /** 32-bit words of the configuration, by offset. */
  readonly words: Readonly<Record<number, number>>;
  /** Bits of the six BARs that can be written. */
  readonly barMasks?: readonly number[];
  /** Capabilities that can be written: first byte, and the one behind them. */
  readonly writable?: readonly (readonly [number, number])[];
}

export class FakePci {
  /** ECAM at this cell address, for `cell.regions`. */
  readonly ecam: FakeRegion;
  /** "1b.0+62=1" like, the widths apart. */
  readonly writes: string[] = [];
  readonly #functions = new Map<number, { spec: FakeFunction; view: DataView }>();

  constructor(base: bigint, buses: number, functions: readonly FakeFunction[]) {
    for (const spec of functions) {
      const view = new DataView(new ArrayBuffer(256));
      for (const [offset, word] of Object.entries(spec.words)) view.setUint32(Number(offset), word, true);
      this.#functions.set(spec.bdf, { spec, view });
    }
    this.ecam = {
      base,
      size: buses << 20,
      read: (offset, width) => this.read(Math.floor(offset / FUNCTION), offset % FUNCTION, width),
      write: (offset, width, value) => this.write(Math.floor(offset / FUNCTION), offset % FUNCTION, width, value),
    };
  }

  read(bdf: number, offset: number, width: number): number {
    const view = this.#functions.get(bdf)?.view;
    if (!view) return 2 ** (8 * width) - 1;
    return width === 1
      ? view.getUint8(offset)
      : width === 2
        ? view.getUint16(offset, true)
        : view.getUint32(offset, true);
  }

  write(bdf: number, offset: number, width: number, value: number): void {
    const device = this.#functions.get(bdf);
    if (!device) throw new Error(`the hypervisor stops the CPU: function ${bdf} is not the cell's`);
    const { spec, view } = device;
    const word = offset & ~3;
    if (word >= 0x10 && word < 0x28) {
      const mask = spec.barMasks?.[(word - 0x10) / 4] ?? 0;
      view.setUint32(word, (view.getUint32(word, true) & ~mask) | (value & mask), true);
      return;
    }
    const inHeader = word === 4 || word === 12 || (offset === 0x3c && width === 1);
    const granted = spec.writable?.some(([first, end]) => offset >= first && offset < end) ?? false;
    if (!(offset < HEADER ? inHeader : granted)) throw new Error(`the hypervisor stops the CPU: offset ${offset}`);
    this.writes.push(`${offset.toString(16)}:${width}=${value.toString(16)}`);
    if (width === 1) view.setUint8(offset, value);
    else if (width === 2) view.setUint16(offset, value, true);
    else view.setUint32(offset, value, true);
  }
}

/** Registers that keep what is written, at a cell address, for `cell.regions`. */
export function fakeRegisters(base: bigint, size: number): FakeRegion & { readonly view: DataView } {
  const view = new DataView(new ArrayBuffer(size));
  return {
    base,
    size,
    view,
    read: (offset, width) => (width === 1 ? view.getUint8(offset) : view.getUint32(offset, true)),
    write: (offset, _width, value) => view.setUint32(offset, value, true),
  };
}
