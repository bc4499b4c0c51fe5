/** Symbols of a 64-bit little-endian ELF file (System V gABI, 4. Object Files). */
const SHT_SYMTAB = 2;
const STT_FUNC = 2;
const SYMBOL_BYTES = 24;

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
  const view = new DataView(elf.buffer, elf.byteOffset, elf.length);
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const headerBytes = view.getUint16(0x3a, true);
  const headers = Array.from({ length: view.getUint16(0x3c, true) }, (_, i) => u64(0x28) + i * headerBytes);
  const names = u64((headers[view.getUint16(0x3e, true)] ?? 0) + 24);
  return headers.map((at) => ({
    name: textAt(elf, names + view.getUint32(at, true)),
    type: view.getUint32(at + 4, true),
    start: u64(at + 24),
    size: u64(at + 32),
    link: view.getUint32(at + 40, true),
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
  const view = new DataView(elf.buffer, elf.byteOffset, elf.length);
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const sections = elfSections(elf);
  return sections
    .filter(({ type }) => type === SHT_SYMTAB)
    .flatMap(({ start, size, link }) => {
      const names = sections[link]?.start ?? 0;
      return Array.from({ length: size / SYMBOL_BYTES }, (_, i) => {
        const at = start + i * SYMBOL_BYTES;
        return {
          name: textAt(elf, names + view.getUint32(at, true)),
          address: u64(at + 8),
          size: u64(at + 16),
          isFunction: (view.getUint8(at + 4) & 0xf) === STT_FUNC,
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

/** Bytes of stack by address of the function, as clang's -fstack-size-section tells: a u64 and a ULEB128 each. Assembly is not in it. */
export function stackSizes(elf: Uint8Array): Map<number, number> {
  const sizes = new Map<number, number>();
  const section = elfSection(elf, ".stack_sizes") ?? new Uint8Array();
  const view = new DataView(section.buffer, section.byteOffset, section.length);
  for (let at = 0; at < section.length; ) {
    const address = Number(view.getBigUint64(at, true));
    at += 8;
    let bytes = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = view.getUint8(at++);
      bytes += (byte & 0x7f) * 2 ** shift;
      more = byte >= 0x80;
    }
    sizes.set(address, bytes);
  }
  return sizes;
}
