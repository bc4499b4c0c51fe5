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

export function elfSymbols(elf: Uint8Array): ElfSymbol[] {
  const view = new DataView(elf.buffer, elf.byteOffset, elf.length);
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const sections = u64(0x28);
  const sectionBytes = view.getUint16(0x3a, true);
  const count = view.getUint16(0x3c, true);
  const section = (index: number) => {
    const at = sections + index * sectionBytes;
    return {
      type: view.getUint32(at + 4, true),
      start: u64(at + 24),
      size: u64(at + 32),
      link: view.getUint32(at + 40, true),
    };
  };
  const symbols: ElfSymbol[] = [];
  for (let i = 0; i < count; i++) {
    const { type, start, size, link } = section(i);
    if (type !== SHT_SYMTAB) continue;
    const names = section(link).start;
    for (let at = start; at < start + size; at += SYMBOL_BYTES) {
      const from = names + view.getUint32(at, true);
      const name = new TextDecoder("latin1").decode(elf.subarray(from, elf.indexOf(0, from)));
      symbols.push({
        name,
        address: u64(at + 8),
        size: u64(at + 16),
        isFunction: (view.getUint8(at + 4) & 0xf) === STT_FUNC,
      });
    }
  }
  return symbols;
}

/** Value of a symbol of the linker script. */
export function symbolValue(symbols: readonly ElfSymbol[], name: string): number {
  const found = symbols.find((s) => s.name === name);
  if (!found) throw new Error(`the image has no symbol ${name}`);
  return found.address;
}
