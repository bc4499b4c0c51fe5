/** The running copy of the module, and the words in its memory that both sides know (module/layout.ts). */
import { type Layout, WORD } from "./module/layout.ts";
import type { Program } from "./module/prepare.ts";

export type Import = (...args: never[]) => number | bigint | undefined;
type Exported = (...args: number[]) => unknown;

export class Instance {
  readonly layout: Layout;
  readonly buffer: ArrayBuffer;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly i64: BigInt64Array;
  readonly table: WebAssembly.Table | undefined;
  readonly #exports: WebAssembly.Exports;
  /** A stack is being built up again. */
  #rewinding = false;
  #unwinding = false;

  constructor(
    program: Program,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    imports: Readonly<Record<string, Import>>,
  ) {
    this.layout = program.layout;
    const sim = { ...imports, memory, pause: () => this.#pause() } as WebAssembly.ModuleImports;
    this.#exports = new WebAssembly.Instance(module, { sim }).exports;
    this.buffer = memory.buffer as ArrayBuffer;
    const { words } = this.layout;
    this.f64 = new Float64Array(this.buffer, words, 16);
    this.i32 = new Int32Array(this.buffer, words, 32);
    this.i64 = new BigInt64Array(this.buffer, words, 16);
    this.table = Object.values(this.#exports).find((each) => each instanceof WebAssembly.Table);
    // The constant data, before the program can change it.
    new Uint8Array(this.buffer).copyWithin(this.layout.constants, 0, program.dataEnd);
  }

  function(name: string): Exported | undefined {
    const found = this.#exports[name];
    return typeof found === "function" ? (found as Exported) : undefined;
  }

  /** Which CPU's stack `pause` leaves. */
  #stack = 0;

  /** Calls code on the stack of a CPU, or goes on with it; true: it has been left in the midst. */
  run(cpu: number, suspended: boolean, code: () => void): boolean {
    this.#stack = this.layout.stacks + cpu * this.layout.stackSize;
    this.#unwinding = false;
    this.#rewinding = suspended;
    if (suspended) this.#call("asyncify_start_rewind", this.#stack);
    code();
    if (!this.#unwinding) return false;
    this.#unwinding = false;
    this.#call("asyncify_stop_unwind");
    return true;
  }

  #pause(): undefined {
    if (this.#rewinding) {
      this.#rewinding = false;
      this.#call("asyncify_stop_rewind");
      return;
    }
    // Asyncify's header: where it stores next, and the end.
    const header = new Int32Array(this.buffer, this.#stack, 2);
    header[0] = this.#stack + 8;
    header[1] = this.#stack + this.layout.stackSize;
    this.#unwinding = true;
    this.#call("asyncify_start_unwind", this.#stack);
  }

  #call(name: string, ...args: number[]): void {
    this.function(name)?.(...args);
  }
}

/** Indices of the words in `f64`, `i32` and `i64`. */
export const F64 = {
  now: WORD.now / 8,
  deadline: WORD.deadline / 8,
  loopCost: WORD.loopCost / 8,
  accessCost: WORD.accessCost / 8,
  idle: WORD.idle / 8,
  eventPeriod: WORD.eventPeriod / 8,
  eventSeen: WORD.eventSeen / 8,
} as const;
export const I32 = {
  mask: WORD.mask / 4,
  pending: WORD.pending / 4,
  event: WORD.event / 4,
  cpu: WORD.cpu / 4,
  moreCpus: WORD.moreCpus / 4,
  stackUsed: WORD.stackUsed / 4,
  stackLimit: WORD.stackLimit / 4,
} as const;
export const I64 = { counterHz: WORD.counterHz / 8, note: WORD.note / 8 } as const;
