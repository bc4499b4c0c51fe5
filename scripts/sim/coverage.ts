/** Which lines of the program's TypeScript have been reached. */
import type { Program } from "./module/prepare.ts";

/** By file as the program's folder has it, then by line: whether it was reached. Only lines with code are there. */
export type Coverage = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

/** The SDK and AssemblyScript's library. */
const LIBRARY = "~lib/";

/** `memory`: that of the running copy. */
export function coverageOf({ layout, positions }: Program, memory: ArrayBuffer): Coverage {
  const reached = new Uint8Array(memory, layout.covered, positions.length);
  const files = new Map<string, Map<number, boolean>>();
  for (const [number, { file, line }] of positions.entries()) {
    if (file.startsWith(LIBRARY)) continue;
    const lines = files.get(file) ?? new Map<number, boolean>();
    files.set(file, lines.set(line, (lines.get(line) ?? false) || reached[number] === 1));
  }
  return files;
}

/** Several runs of a program as one. */
export function merged(all: Iterable<Coverage>): Coverage {
  const files = new Map<string, Map<number, boolean>>();
  for (const each of all) {
    for (const [file, lines] of each) {
      const known = files.get(file) ?? new Map<number, boolean>();
      files.set(file, known);
      for (const [line, reached] of lines) known.set(line, (known.get(line) ?? false) || reached);
    }
  }
  return files;
}
