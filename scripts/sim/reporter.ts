/** Where in the program something happened: code addresses for the program's own report, and their names. */
import { functionName } from "../pipeline/names.ts";
import type { Frame } from "../run/frame.ts";
import type { Cpu } from "./cpu.ts";
import type { Fault } from "./faults.ts";
import { CodePlaces, INTERRUPT_FRAME } from "./module/places.ts";
import type { Program } from "./module/prepare.ts";

/** V8, SpiderMonkey: …:wasm-function[12]:0x1a3 */
const FRAME = /wasm-function\[\d+\]:0x([0-9a-f]+)/g;
/** Code addresses of the image begin here; numbers below could be taken for pointers. */
const CODE = 0x1000;

/** What the compiler calls for a failed assertion and the user for a panic: the report begins with its caller. */
const RAISES = /^fault\.(abort|panic|panicEnds)$/;

interface Report {
  readonly fault: Fault;
  readonly trace: readonly number[];
}

export class Reporter {
  readonly #program: Program;
  readonly #reports = new Map<Cpu, Report>();
  #places: CodePlaces | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Keeps where a fault was: the report asks for it. */
  take(cpu: Cpu, fault: Fault): void {
    this.#reports.set(cpu, { fault, trace: this.traceOf(fault) });
  }

  /** Code addresses in the stack of an error, innermost first, without frames of ours. */
  traceOf({ stack = "" }: Error): number[] {
    const offsets = [...stack.matchAll(FRAME)].map(([, digits]) => Number.parseInt(digits as string, 16));
    return offsets.filter((offset) => this.#frameAt(offset) !== undefined).map((offset) => offset + CODE);
  }

  /** `fault_value`: 0 program counter, 1 fault address, 2 syndrome, 4 pointer in linear memory. */
  value(cpu: Cpu, what: number): bigint {
    const report = this.#reports.get(cpu);
    if (!report) return 0n;
    if (what === 0) return BigInt(report.trace[0] ?? 0);
    if (what === 1) return report.fault.address;
    if (what === 2) return report.fault.syndrome;
    return what === 4 ? report.fault.pointer : 0n;
  }

  /** `backtrace`: callers from 0 on; 0 at the end. */
  caller(cpu: Cpu, index: number): bigint {
    return BigInt(this.#reports.get(cpu)?.trace[index + 1] ?? 0);
  }

  /** The frames of a code address; undefined: there is no code of the program. */
  framesAt(address: number): Frame[] | undefined {
    const frame = this.#frameAt(address - CODE);
    if (frame === undefined) return undefined;
    return RAISES.test(frame.name) ? [] : [frame];
  }

  #frameAt(offset: number): Frame | undefined {
    const { bytes, layout, positions } = this.#program;
    this.#places ??= new CodePlaces(bytes, layout, positions);
    const place = this.#places.at(offset);
    if (place?.function === INTERRUPT_FRAME)
      return { name: "interrupt", place: "the handler above ran here", inRuntime: true, isInterrupt: true };
    if (!place?.position) return undefined;
    const { file, line, column } = place.position;
    return { name: functionName(place.function), place: `${file}:${line}:${column}`, inRuntime: false };
  }
}
