/**
 * Fills the room between the fixed addresses of an image (vectors, command line) with functions: a second link, after a first one has told
 * how large they are. Some 2 KiB of an image that is otherwise 8.
 */
import { type ElfSymbol, symbolValue } from "./elf.ts";
import type { Platform } from "./platform.ts";

/** The alignment of a function is 4 or 16 bytes, as clang optimises it: where the first link put it tells at least when it is not 16. */
const alignmentOf = ({ address }: ElfSymbol) => (address % 16 === 0 ? 16 : 4);
const align = (address: number, alignment: number) => Math.ceil(address / alignment) * alignment;

/** Names of functions for each hole: the largest that still fits, first. */
export function fillHoles(symbols: readonly ElfSymbol[], holes: Platform["holes"]): string[][] {
  const behind = Math.max(...holes.map((hole) => hole.end));
  const times = new Map<string, number>();
  for (const { name } of symbols) times.set(name, (times.get(name) ?? 0) + 1);
  // A name stands for its section: one that several objects have cannot be placed.
  const free = symbols
    .filter((s) => s.isFunction && s.size > 0 && s.address >= behind && times.get(s.name) === 1)
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  return holes.map(({ name, end }) => {
    let at = symbolValue(symbols, `__${name}`);
    const chosen: string[] = [];
    for (let i = 0; i < free.length; i++) {
      const candidate = free[i] as ElfSymbol;
      const next = align(at, alignmentOf(candidate)) + candidate.size;
      if (next > end) continue;
      at = next;
      chosen.push(candidate.name);
      free.splice(i--, 1);
    }
    return chosen;
  });
}

/** With -ffunction-sections each function has its section; cold ones have another prefix. */
export function holeScript(names: readonly string[]): string {
  return names.map((name) => `*(.text.${name} .text.unlikely.${name})\n`).join("");
}
