/**
 * Fills the room between the fixed addresses of an image (vectors, command line) with functions: a second link, after a first one has told
 * how large they are. Some 2 KiB of an image that is otherwise 8.
 */
import { type ElfSymbol, symbolValue } from "./elf.ts";
import type { Platform } from "./platform.ts";

/** clang aligns functions to 16 bytes at most on the architectures of this project. */
const ALIGNMENT = 16;
const align = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Names of functions for each hole: the largest that still fits, first. */
export function fillHoles(symbols: readonly ElfSymbol[], holes: Platform["holes"]): string[][] {
  const free = symbols
    .filter((s) => s.isFunction && s.size > 0 && s.address >= Math.max(...holes.map((hole) => hole.end)))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  return holes.map(({ name, end }) => {
    let room = end - align(symbolValue(symbols, `__${name}`));
    const chosen: string[] = [];
    for (let i = 0; i < free.length; i++) {
      const { name: candidate, size } = free[i] as ElfSymbol;
      if (align(size) > room) continue;
      room -= align(size);
      chosen.push(candidate);
      free.splice(i--, 1);
    }
    return chosen;
  });
}

/** With -ffunction-sections each function has its section; cold ones have another prefix. */
export function holeScript(names: readonly string[]): string {
  return names.map((name) => `*(.text.${name} .text.unlikely.${name})\n`).join("");
}
