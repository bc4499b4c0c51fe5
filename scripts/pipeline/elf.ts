/** Symbols of a 64-bit little-endian ELF file (System V gABI, 4. Object Files). */
const SHT_SYMTAB = 2;
const SYMBOL_BYTES = 24;

export function elfSymbols(elf: Uint8Array): Map<string, number> {
  const view = new DataView(elf.buffer, elf.byteOffset, elf.length);
  const offset = (at: number) => Number(view.getBigUint64(at, true));
  const sections = offset(0x28);
  const sectionBytes = view.getUint16(0x3a, true);
  const count = view.getUint16(0x3c, true);
  const section = (index: number) => {
    const at = sections + index * sectionBytes;
    return { type: view.getUint32(at + 4, true), start: offset(at + 24), size: offset(at + 32), link: view.getUint32(at + 40, true) };
  };
  const symbols = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const { type, start, size, link } = section(i);
    if (type !== SHT_SYMTAB) continue;
    const names = section(link).start;
    for (let at = start; at < start + size; at += SYMBOL_BYTES) {
      const name = names + view.getUint32(at, true);
      symbols.set(Buffer.from(elf.subarray(name, elf.indexOf(0, name))).toString("latin1"), offset(at + 8));
    }
  }
  return symbols;
}
