/** What Jailhouse's console says about a CPU that it stops, and where in the program that was. */
import { heldCalls } from "./held-calls.ts";
import { jobSymbolizer } from "./job-symbolizer.ts";
import { SymbolFilter, type Symbolize } from "./symbols.ts";
import type { CellJob } from "./target.ts";

/** Where Jailhouse's report begins with registers, on arm64 and on x86; it names no cell before the CPU is parked. */
const COUNTER = /^(?: *pc: (?<pc>[0-9a-f]{16}) +lr: (?<lr>[0-9a-f]{16}) |RIP: 0x(?<rip>[0-9a-f]{16}) RSP: )/;
const REGISTER = /\b(?:x\d+|R[A-D]X|R[SD]I): (?:0x)?([0-9a-f]{16})\b/g;
const PARKING = /^Parking CPU \d+ \(Cell: "(.*)"\)\r?$/;

/** The lines looked for are shorter; of a longer one the beginning is kept. */
const LONGEST = 128;
const LF = 10;

/** A cell whose program is known. */
export interface NamedProgram {
  readonly cell: string;
  readonly symbolize: Symbolize | undefined;
  /** For wasm3: the module, whose calls are in the registers, and what names their offsets. */
  readonly module?: { readonly wasm: Uint8Array; readonly symbolize: Symbolize | undefined };
}

export function programsOf(jobs: readonly CellJob[]): NamedProgram[] {
  return jobs.map(({ cell, elf, module }) => ({
    cell: cell.name,
    symbolize: jobSymbolizer({ elf }),
    ...(module ? { module: { wasm: module.wasm, symbolize: jobSymbolizer({ module }) } } : {}),
  }));
}

/**
 * Adds, behind the line that says which cell's CPU was parked, the function and line of the program counter and of its
 * caller. Everything passes untouched and at once.
 */
export class ParkingFilter {
  readonly #programs: readonly NamedProgram[];
  #line = "";
  /** Program counter of the last report and, if the machine has one, link register, in hexadecimal; then the others, as far as they have come. */
  #registers: { pc: string; lr: string | undefined; others: bigint[] } | undefined;

  constructor(programs: readonly NamedProgram[]) {
    this.#programs = programs;
  }

  push(bytes: Uint8Array): Buffer {
    const out: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(LF, from);
      const to = end < 0 ? bytes.length : end + 1;
      const piece = bytes.subarray(from, to);
      out.push(piece);
      if (this.#line.length < LONGEST) this.#line += Buffer.from(piece).toString("latin1");
      if (end >= 0) out.push(this.#behind(this.#line.slice(0, -1)));
      if (end >= 0) this.#line = "";
      from = to;
    }
    return Buffer.concat(out);
  }

  #behind(line: string): Buffer {
    const { pc, lr, rip = pc } = COUNTER.exec(line)?.groups ?? {};
    if (rip) this.#registers = { pc: rip, lr, others: [] };
    for (const [, value] of line.matchAll(REGISTER)) this.#registers?.others.push(BigInt(`0x${value}`));
    const cell = PARKING.exec(line)?.[1];
    const program = this.#programs.find((known) => known.cell === cell);
    const at = this.#registers;
    if (cell !== undefined) this.#registers = undefined;
    if (!program || !at) return Buffer.alloc(0);
    const lineEnd = line.endsWith("\r") ? "\r\n" : "\n";
    const calls = program.module ? heldCalls(program.module.wasm, at.others) : [];
    const symbolize = calls.length > 0 ? program.module?.symbolize : program.symbolize;
    if (!symbolize) return Buffer.alloc(0);
    const report = calls.length > 0 ? calls.map((offset) => `    at ${offset}`) : nativeReport(at);
    const text = Buffer.from(report.map((address) => address + lineEnd).join(""));
    return new SymbolFilter(symbolize).push(text);
  }
}

function nativeReport({ pc, lr }: { pc: string; lr: string | undefined }): string[] {
  return [`    at ${short(pc)}`, ...(lr === undefined ? [] : [`    lr ${short(lr)}`])];
}

function short(register: string): string {
  return `0x${BigInt(`0x${register}`).toString(16)}`;
}
