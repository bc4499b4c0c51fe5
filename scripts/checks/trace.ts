/**
 * Goes through one function body with an abstract stack, and writes down what it does: calls with what is known of their operands, reads and
 * writes of variables and memory, loops with what decides whether they go on.
 */
import { forEachInstruction } from "../pipeline/wasm/module.ts";
import type { Reader } from "../pipeline/wasm/reader.ts";
import { Blocks } from "./blocks.ts";
import type { Frame, Loop } from "./frames.ts";
import type { Program, WasmFunction } from "./program.ts";
import { EFFECTS } from "./stack-effects.ts";
import {
  added,
  constant,
  constantOf,
  type Dependencies,
  NO_DEPENDENCIES,
  type Place,
  paired,
  UNKNOWN,
  union,
  type Value,
  type Values,
} from "./values.ts";

interface Event {
  /** Of the instruction, in the file. */
  readonly offset: number;
  /** Index of the innermost loop around it. */
  readonly loop: number | undefined;
}
export interface Call extends Event {
  readonly callee: number;
  readonly args: readonly Value[];
}
export interface IndirectCall extends Event {
  readonly type: number;
  readonly target: Value;
  readonly args: readonly Value[];
}
export interface Access extends Event {
  readonly place: Place;
}
/** Of a place, or of a local with its key `Ln`. */
export interface Assignment extends Event {
  readonly key: string;
  readonly place: Place | undefined;
  readonly value: Value;
  /** The ifs that it stands in. */
  readonly guards: readonly Frame[];
}
export interface Trace {
  readonly calls: readonly Call[];
  readonly indirectCalls: readonly IndirectCall[];
  readonly reads: readonly Access[];
  readonly assignments: readonly Assignment[];
  readonly loops: readonly Loop[];
  readonly result: Value;
}

const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
} as const;
const KINDS: Readonly<Record<number, "block" | "loop" | "if">> = {
  [OP.block]: "block",
  [OP.loop]: "loop",
  [OP.if]: "if",
};
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const LOCAL = { get: 0x20, set: 0x21, tee: 0x22 } as const;
const GLOBAL = { get: 0x23, set: 0x24 } as const;
const I32_CONST = 0x41;
const I32_ADD = 0x6a;
const I32_SUB = 0x6b;
/** Bitwise and, or of 32 and 64 bits join conditions: their operands are not compared with each other. */
const JOINS = new Set([0x71, 0x72, 0x83, 0x84]);

/** `resultOf` gives what a call returns, as its caller sees it. */
export function trace(
  program: Program,
  fn: WasmFunction,
  values: Values,
  resultOf: (callee: number, args: readonly Value[]) => Value,
): Trace {
  const walk = new Walk(program, fn, values, resultOf);
  if (fn.body) forEachInstruction(program.module, fn.body, (opcode, offset, r) => walk.step(opcode, offset, r));
  return walk;
}

class Walk extends Blocks implements Trace {
  readonly calls: Call[] = [];
  readonly indirectCalls: IndirectCall[] = [];
  readonly reads: Access[] = [];
  readonly assignments: Assignment[] = [];

  readonly #program: Program;
  readonly #values: Values;
  readonly #resultOf: (callee: number, args: readonly Value[]) => Value;

  constructor(
    program: Program,
    fn: WasmFunction,
    values: Values,
    resultOf: (callee: number, args: readonly Value[]) => Value,
  ) {
    super(program.module, fn);
    this.#program = program;
    this.#values = values;
    this.#resultOf = resultOf;
  }

  step(opcode: number, offset: number, r: Reader): void {
    switch (opcode) {
      case OP.unreachable:
        this.leave();
        return;
      case OP.block:
      case OP.loop:
      case OP.if:
        this.open(KINDS[opcode] as "block", offset, Number(r.signed(33)));
        return;
      case OP.else:
        this.otherwise();
        return;
      case OP.end:
        this.end();
        return;
      case OP.br:
        this.branch([r.u32()], NO_DEPENDENCIES);
        this.leave();
        return;
      case OP.brIf: {
        const condition = this.pop();
        const known = constantOf(condition);
        if (known !== 0) this.branch([r.u32()], condition.dependencies);
        if (known !== undefined && known !== 0) this.leave();
        return;
      }
      case OP.brTable: {
        const { dependencies } = this.pop();
        this.branch([...r.list(() => r.u32()), r.u32()], dependencies);
        this.leave();
        return;
      }
      case OP.return:
        this.branch([this.frames.length - 1], NO_DEPENDENCIES);
        this.leave();
        return;
      case CALL:
        this.#call(r.u32(), offset);
        return;
      case CALL_INDIRECT: {
        const type = r.u32();
        const target = this.pop();
        const { params, results } = this.#program.module.types[type] ?? { params: [], results: [] };
        const args = this.popArguments(params.length);
        if (this.reachable) this.indirectCalls.push({ offset, loop: this.loop, type, target, args });
        for (const _ of results) this.push(UNKNOWN);
        return;
      }
      case LOCAL.get:
        this.push(this.locals[r.u32()] ?? UNKNOWN);
        return;
      case LOCAL.set:
        this.#setLocal(r.u32(), this.pop(), offset);
        return;
      case LOCAL.tee: {
        const value = this.pop();
        this.#setLocal(r.u32(), value, offset);
        this.push(value);
        return;
      }
      case GLOBAL.get:
        this.#variable(r.u32(), offset);
        return;
      case GLOBAL.set:
        this.#write({ kind: "variable", global: r.u32() }, this.pop(), offset);
        return;
      case I32_CONST:
        this.push(constant(Number(r.signed(32))));
        return;
      default:
        this.#plain(opcode, offset, r);
        return;
    }
  }

  #plain(opcode: number, offset: number, r: Reader): void {
    if (opcode >= 0x28 && opcode <= 0x3e) {
      r.u32(); // alignment
      const at = r.u32();
      const value = opcode >= 0x36 ? this.pop() : UNKNOWN;
      const place = this.#values.behind(this.pop(), at);
      if (opcode >= 0x36) {
        this.#write(place, value, offset);
        return;
      }
      if (place && this.reachable) this.reads.push({ offset, loop: this.loop, place });
      this.push(place ? this.#values.contentOf(place) : UNKNOWN);
      return;
    }
    const effect = EFFECTS.get(opcode);
    if (!effect) throw new Error(`no stack effect for instruction 0x${opcode.toString(16)}`);
    const operands = this.popArguments(effect[0]);
    if (effect[1] === 0) return;
    const [a = UNKNOWN, b = UNKNOWN] = operands;
    if (opcode === I32_ADD || opcode === I32_SUB) {
      this.push(added(a, b, opcode === I32_ADD ? 1 : -1));
      return;
    }
    const join = effect[0] === 2 && !JOINS.has(opcode) ? paired : union;
    this.push({
      address: undefined,
      dependencies: join(...(operands.map((o) => o.dependencies) as [Dependencies, Dependencies])),
    });
  }

  #call(callee: number, offset: number): void {
    const type = this.#program.functions[callee]?.type ?? { params: [], results: [] };
    const args = this.popArguments(type.params.length);
    if (this.reachable) this.calls.push({ offset, loop: this.loop, callee, args });
    for (const [i] of type.results.entries()) this.push(i === 0 ? this.#resultOf(callee, args) : UNKNOWN);
  }

  #variable(global: number, offset: number): void {
    const place = { kind: "variable", global } as const;
    const variable = this.#program.globals[global];
    if (variable && !variable.mutable) {
      this.push(variable.initial === undefined ? UNKNOWN : constant(variable.initial));
      return;
    }
    if (this.reachable) this.reads.push({ offset, loop: this.loop, place });
    this.push(this.#values.contentOf(place));
  }

  #write(place: Place | undefined, value: Value, offset: number): void {
    if (place) this.#assign(this.#values.register(place), place, value, offset);
  }

  #setLocal(index: number, value: Value, offset: number): void {
    this.locals[index] = value;
    this.#assign(`L${index}`, undefined, value, offset);
    for (const frame of this.frames)
      frame.assigned.set(index, union(frame.assigned.get(index) ?? NO_DEPENDENCIES, value.dependencies));
  }

  #assign(key: string, place: Place | undefined, value: Value, offset: number): void {
    const guards = this.frames.filter(({ kind }) => kind === "if");
    if (this.reachable) this.assignments.push({ offset, loop: this.loop, key, place, value, guards });
  }
}
