/** Symbols of a little-endian ELF file (System V gABI, 4. Object Files). */
const SHT_SYMTAB = 2;
const STT_FUNC = 2;

/** Where the fields are that we read, by EI_CLASS: in the file's header, in a section header, in a symbol. */
interface Format {
  readonly addressBytes: 4 | 8;
  readonly header: { readonly sections: number; readonly entryBytes: number };
  readonly section: { readonly start: number; readonly size: number; readonly link: number };
  readonly symbol: { readonly bytes: number; readonly info: number; readonly address: number; readonly size: number };
}
const EI_CLASS = 4;
const FORMATS: Readonly<Record<number, Format>> = {
  1: {
    addressBytes: 4,
    header: { sections: 0x20, entryBytes: 0x2e },
    section: { start: 16, size: 20, link: 24 },
    symbol: { bytes: 16, info: 12, address: 4, size: 8 },
  },
  2: {
    addressBytes: 8,
    header: { sections: 0x28, entryBytes: 0x3a },
    section: { start: 24, size: 32, link: 40 },
    symbol: { bytes: 24, info: 4, address: 8, size: 16 },
  },
};

/** A file, or a part of one, with its format. */
class Elf {
  readonly view: DataView;
  readonly format: Format;

  constructor(elf: Uint8Array, part = elf) {
    this.view = new DataView(part.buffer, part.byteOffset, part.length);
    const format = FORMATS[elf[EI_CLASS] ?? 0];
    if (!format) throw new Error("the image is no ELF file");
    this.format = format;
  }

  address(at: number): number {
    return this.format.addressBytes === 8 ? Number(this.view.getBigUint64(at, true)) : this.view.getUint32(at, true);
  }
}

/** Of a file for 64 bits, 8. */
export function addressBytes(elf: Uint8Array): 4 | 8 {
  return new Elf(elf).format.addressBytes;
}

export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  /** Bytes; 0 for what the linker script defines. */
  readonly size: number;
  readonly isFunction: boolean;
}

interface Section {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
  readonly link: number;
}

function elfSections(elf: Uint8Array): Section[] {
  const file = new Elf(elf);
  const { view, format } = file;
  const { sections, entryBytes } = format.header;
  const headers = Array.from(
    { length: view.getUint16(entryBytes + 2, true) },
    (_, i) => file.address(sections) + i * view.getUint16(entryBytes, true),
  );
  const { start, size, link } = format.section;
  const names = file.address((headers[view.getUint16(entryBytes + 4, true)] ?? 0) + start);
  return headers.map((at) => ({
    name: textAt(elf, names + view.getUint32(at, true)),
    type: view.getUint32(at + 4, true),
    start: file.address(at + start),
    size: file.address(at + size),
    link: view.getUint32(at + link, true),
  }));
}

function textAt(elf: Uint8Array, from: number): string {
  return new TextDecoder("latin1").decode(elf.subarray(from, elf.indexOf(0, from)));
}

/** Contents of a section; undefined if there is none of that name. */
export function elfSection(elf: Uint8Array, name: string): Uint8Array | undefined {
  const section = elfSections(elf).find((s) => s.name === name);
  return section && elf.subarray(section.start, section.start + section.size);
}

export function elfSymbols(elf: Uint8Array): ElfSymbol[] {
  const file = new Elf(elf);
  const { symbol } = file.format;
  const sections = elfSections(elf);
  return sections
    .filter(({ type }) => type === SHT_SYMTAB)
    .flatMap(({ start, size, link }) => {
      const names = sections[link]?.start ?? 0;
      return Array.from({ length: size / symbol.bytes }, (_, i) => {
        const at = start + i * symbol.bytes;
        return {
          name: textAt(elf, names + file.view.getUint32(at, true)),
          address: file.address(at + symbol.address),
          size: file.address(at + symbol.size),
          isFunction: (file.view.getUint8(at + symbol.info) & 0xf) === STT_FUNC,
        };
      });
    });
}

/** Value of a symbol of the linker script. */
export function symbolValue(symbols: readonly ElfSymbol[], name: string): number {
  const found = symbols.find((s) => s.name === name);
  if (!found) throw new Error(`the image has no symbol ${name}`);
  return found.address;
}

/** Bytes of stack by address of the function, as clang's -fstack-size-section tells: the address and a ULEB128 each. Assembly is not in it. */
export function stackSizes(elf: Uint8Array): Map<number, number> {
  const sizes = new Map<number, number>();
  const section = elfSection(elf, ".stack_sizes") ?? new Uint8Array();
  const part = new Elf(elf, section);
  for (let at = 0; at < section.length; ) {
    const address = part.address(at);
    at += part.format.addressBytes;
    let bytes = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = part.view.getUint8(at++);
      bytes += (byte & 0x7f) * 2 ** shift;
      more = byte >= 0x80;
    }
    sizes.set(address, bytes);
  }
  return sizes;
}
