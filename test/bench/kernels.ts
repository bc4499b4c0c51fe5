/** The kernels: exported functions of kernels/index.ts, and the same functions in C beside them. Data only. */
import { UserError } from "../../scripts/errors.ts";

export interface Kernel {
  /** Name of the function in both languages. */
  readonly name: string;
  readonly title: string;
  /** The C file, which may hold several kernels. */
  readonly file: string;
  /** The C function that fills its data; in TypeScript that is top-level code. */
  readonly prepare?: string;
  /** Goes once over much memory and computes next to nothing. */
  readonly streams?: true;
}

export const KERNELS: readonly Kernel[] = [
  { name: "integer", title: "integer arithmetic", file: "integer.c" },
  { name: "mandelbrot", title: "floating point", file: "mandelbrot.c" },
  { name: "nbody", title: "floating point on objects", file: "nbody.c" },
  { name: "control", title: "control loop", file: "control.c", prepare: "control_prepare" },
  { name: "list", title: "pointer chasing", file: "list.c", prepare: "list_prepare" },
  { name: "tree", title: "struct walking", file: "tree.c", prepare: "tree_prepare" },
  { name: "sort", title: "quicksort", file: "sort.c" },
  { name: "matrix", title: "matrix multiplication", file: "matrix.c", prepare: "matrix_prepare" },
  { name: "crc32", title: "CRC-32 by table", file: "crc32.c", prepare: "crc32_prepare" },
  { name: "scan", title: "scan over bytes", file: "scan.c", prepare: "scan_prepare" },
  { name: "sieve", title: "sieve of Eratosthenes", file: "sieve.c" },
  { name: "hash", title: "hash table", file: "hash.c" },
  { name: "read", title: "streaming read", file: "stream.c", prepare: "read_prepare", streams: true },
  { name: "write", title: "streaming write", file: "stream.c", streams: true },
  { name: "copy", title: "copy by hand", file: "stream.c", streams: true },
  { name: "windowread", title: "read, RAM window", file: "window.c", prepare: "window_prepare", streams: true },
  { name: "windowwrite", title: "write, RAM window", file: "window.c", streams: true },
  { name: "windowcopy", title: "copy, RAM window", file: "window.c", streams: true },
  { name: "bombread", title: "mem-bomb, reads", file: "bomb.c", prepare: "bomb_prepare", streams: true },
  { name: "bombwrite", title: "mem-bomb, writes", file: "bomb.c", streams: true },
  { name: "bombboth", title: "mem-bomb, both", file: "bomb.c", streams: true },
  { name: "memorycopy", title: "memory.copy, memmove", file: "stream.c", streams: true },
];

/** The names of the kernels that are asked for: all, unless some are. @throws UserError that lists them for a name that is none. */
export function chosen(only: readonly string[] = []): string[] {
  const names = KERNELS.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UserError(`there is no kernel "${unknown}"; kernels are ${names.join(", ")}`);
  return only.length === 0 ? names : names.filter((name) => only.includes(name));
}
