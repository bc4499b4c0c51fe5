/**
 * Goes through one function body with an abstract stack, and writes down what it does: calls with what is known of their operands, reads and
 * writes of variables and memory, loops with what decides whether they go on.
 *
 * Where paths meet, a local that one of them has set is unknown, but depends on what both knew. A local that a loop sets is unknown from the
 * loop's beginning on and bears the key `Ln`. So what is known holds on every path.
 */
import { forEachInstruction } from "../pipeline/wasm/module.ts";
import type { Reader } from "../pipeline/wasm/reader.ts";
import { type Frame, localsSetInLoops, type Loop, openFrame } from "./frames.ts";
import type { Function, Program } from "./program.ts";
import { EFFECTS } from "./stack-effects.ts";
import {
  added,
  constant,
  constantOf,
  type Dependencies,
  NO_DEPENDENCIES,
  paired,
  type Place,
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

const OP = { unreachable: 0x00, block: 0x02, loop: 0x03, if: 0x04, else: 0x05, end: 0x0b, br: 0x0c, brIf: 0x0d, brTable: 0x0e, return: 0x0f } as const;
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
export function trace(program: Program, fn: Function, values: Values, resultOf: (callee: number, args: readonly Value[]) => Value): Trace {
  const walk = new Walk(program, fn, values, resultOf);
  if (fn.body) forEachInstruction(program.module, fn.body, (opcode, offset, r) => walk.step(opcode, offset, r));
  return walk;
}

class Walk implements Trace {
  readonly calls: Call[] = [];
  readonly indirectCalls: IndirectCall[] = [];
  readonly reads: Access[] = [];
  readonly assignments: Assignment[] = [];
  readonly loops: Loop[] = [];
  result: Value = UNKNOWN;

  readonly #program: Program;
  readonly #values: Values;
  readonly #resultOf: (callee: number, args: readonly Value[]) => Value;
  readonly #setInLoops: ReadonlyMap<number, ReadonlySet<number>>;
  #locals: Value[];
  #stack: Value[] = [];
  readonly #frames: Frame[] = [];
  #reachable = true;
  #results: Value[] = [];
  /** Conditions of all branches: they decide which value is returned. */
  #control: Dependencies = NO_DEPENDENCIES;

  constructor(program: Program, fn: Function, values: Values, resultOf: (callee: number, args: readonly Value[]) => Value) {
    this.#program = program;
    this.#values = values;
    this.#resultOf = resultOf;
    this.#setInLoops = fn.body ? localsSetInLoops(program.module, fn.body) : new Map();
    this.#locals = fn.type.params.map((_, index) => ({
      address: { base: { kind: "parameter", index }, offset: 0 },
      dependencies: new Map([[`p${index}`, new Set<string>()]]),
    }));
    this.#frames.push(openFrame("function", 0, fn.type.results.length, [], undefined));
  }

  get #loop(): number | undefined {
    return this.#frames.at(-1)?.loop;
  }

  #pop(): Value {
    const floor = this.#frames.at(-1)?.height ?? 0;
    return this.#stack.length > floor ? (this.#stack.pop() as Value) : UNKNOWN;
  }
  #popArguments(count: number): Value[] {
    return Array.from({ length: count }, () => this.#pop()).reverse();
  }
  #push(value: Value): void {
    this.#stack.push(value);
  }

  step(opcode: number, offset: number, r: Reader): void {
    switch (opcode) {
      case OP.unreachable:
        return this.#leave();
      case OP.block:
      case OP.loop:
      case OP.if:
        return this.#open(opcode, offset, r);
      case OP.else:
        return this.#else();
      case OP.end:
        return this.#end();
      case OP.br:
        this.#branch([r.u32()], NO_DEPENDENCIES);
        return this.#leave();
      case OP.brIf: {
        const condition = this.#pop();
        const known = constantOf(condition);
        if (known !== 0) this.#branch([r.u32()], condition.dependencies);
        if (known !== undefined && known !== 0) this.#leave();
        return;
      }
      case OP.brTable: {
        const { dependencies } = this.#pop();
        this.#branch([...r.list(() => r.u32()), r.u32()], dependencies);
        return this.#leave();
      }
      case OP.return:
        this.#branch([this.#frames.length - 1], NO_DEPENDENCIES);
        return this.#leave();
      case CALL:
        return this.#call(r.u32(), offset);
      case CALL_INDIRECT: {
        const type = r.u32();
        const target = this.#pop();
        const { params, results } = this.#program.module.types[type] ?? { params: [], results: [] };
        const args = this.#popArguments(params.length);
        if (this.#reachable) this.indirectCalls.push({ offset, loop: this.#loop, type, target, args });
        for (const _ of results) this.#push(UNKNOWN);
        return;
      }
      case LOCAL.get:
        return this.#push(this.#locals[r.u32()] ?? UNKNOWN);
      case LOCAL.set:
        return this.#setLocal(r.u32(), this.#pop(), offset);
      case LOCAL.tee: {
        const value = this.#pop();
        this.#setLocal(r.u32(), value, offset);
        return this.#push(value);
      }
      case GLOBAL.get:
        return this.#variable(r.u32(), offset);
      case GLOBAL.set:
        return this.#write({ kind: "variable", global: r.u32() }, this.#pop(), offset);
      case I32_CONST:
        return this.#push(constant(Number(r.signed(32))));
      default:
        return this.#plain(opcode, offset, r);
    }
  }

  #plain(opcode: number, offset: number, r: Reader): void {
    if (opcode >= 0x28 && opcode <= 0x3e) {
      r.u32(); // alignment
      const at = r.u32();
      const value = opcode >= 0x36 ? this.#pop() : UNKNOWN;
      const place = this.#values.behind(this.#pop(), at);
      if (opcode >= 0x36) return this.#write(place, value, offset);
      if (place && this.#reachable) this.reads.push({ offset, loop: this.#loop, place });
      return this.#push(place ? this.#values.contentOf(place) : UNKNOWN);
    }
    const effect = EFFECTS.get(opcode);
    if (!effect) throw new Error(`no stack effect for instruction 0x${opcode.toString(16)}`);
    const operands = this.#popArguments(effect[0]);
    if (effect[1] === 0) return;
    const [a = UNKNOWN, b = UNKNOWN] = operands;
    if (opcode === I32_ADD || opcode === I32_SUB) return this.#push(added(a, b, opcode === I32_ADD ? 1 : -1));
    const join = effect[0] === 2 && !JOINS.has(opcode) ? paired : union;
    this.#push({ address: undefined, dependencies: join(...(operands.map((o) => o.dependencies) as [Dependencies, Dependencies])) });
  }

  #call(callee: number, offset: number): void {
    const type = this.#program.functions[callee]?.type ?? { params: [], results: [] };
    const args = this.#popArguments(type.params.length);
    if (this.#reachable) this.calls.push({ offset, loop: this.#loop, callee, args });
    for (const [i] of type.results.entries()) this.#push(i === 0 ? this.#resultOf(callee, args) : UNKNOWN);
  }

  #variable(global: number, offset: number): void {
    const place = { kind: "variable", global } as const;
    const variable = this.#program.globals[global];
    if (variable && !variable.mutable) return this.#push(variable.initial === undefined ? UNKNOWN : constant(variable.initial));
    if (this.#reachable) this.reads.push({ offset, loop: this.#loop, place });
    this.#push(this.#values.contentOf(place));
  }

  #write(place: Place | undefined, value: Value, offset: number): void {
    if (place) this.#assign(this.#values.register(place), place, value, offset);
  }

  #setLocal(index: number, value: Value, offset: number): void {
    this.#locals[index] = value;
    this.#assign(`L${index}`, undefined, value, offset);
    for (const frame of this.#frames)
      frame.assigned.set(index, union(frame.assigned.get(index) ?? NO_DEPENDENCIES, value.dependencies));
  }

  #assign(key: string, place: Place | undefined, value: Value, offset: number): void {
    const guards = this.#frames.filter(({ kind }) => kind === "if");
    if (this.#reachable) this.assignments.push({ offset, loop: this.#loop, key, place, value, guards });
  }

  #open(opcode: number, offset: number, r: Reader): void {
    const condition = opcode === OP.if ? this.#pop() : UNKNOWN;
    const block = Number(r.signed(33));
    const type = this.#program.module.types[block];
    const params = block >= 0 ? (type?.params.length ?? 0) : 0;
    const results = block >= 0 ? (type?.results.length ?? 0) : Number(block !== -64);
    const kind = opcode === OP.if ? "if" : opcode === OP.loop ? "loop" : "block";
    let loop = this.#loop;
    if (kind === "loop") {
      const set = this.#setInLoops.get(offset) ?? new Set();
      loop = this.loops.push({ offset, parent: loop, hasExit: false, decides: NO_DEPENDENCIES }) - 1;
      for (const local of set) this.#locals[local] = { address: undefined, dependencies: new Map([[`L${local}`, new Set<string>()]]) };
    }
    const frame = openFrame(kind, this.#stack.length - params, results, this.#locals.slice(), loop);
    frame.reachableBefore = this.#reachable;
    if (kind === "if") {
      frame.condition = condition.dependencies;
      frame.constant = constantOf(condition);
      this.#control = union(this.#control, condition.dependencies);
      if (frame.constant === 0) this.#reachable = false;
    }
    this.#frames.push(frame);
  }

  #else(): void {
    const frame = this.#frames.at(-1) as Frame;
    this.#take(frame);
    frame.thenEnd = { reachable: this.#reachable, locals: this.#locals };
    this.#locals = frame.locals.slice();
    this.#stack.length = frame.height;
    this.#reachable = frame.reachableBefore && !frame.constant;
  }

  /** What stands on the stack at the end of a block becomes a part of its result. */
  #take(frame: Frame): void {
    if (!this.#reachable) return;
    const values = this.#popArguments(frame.results);
    frame.values = frame.values.length === 0 ? values : frame.values.map((v, i) => merged(v, values[i] ?? UNKNOWN));
  }

  #end(): void {
    const frame = this.#frames.at(-1) as Frame;
    this.#take(frame);
    this.#frames.pop();
    if (frame.kind === "function") return this.#finish(frame);
    if (frame.kind === "loop") {
      const loop = this.loops[frame.loop as number] as Loop;
      loop.hasExit ||= this.#reachable;
    }
    if (frame.kind === "if") this.#endIf(frame);
    if (frame.isTarget && frame.kind !== "loop") {
      this.#reachable = true;
      for (const [local, dependencies] of frame.assigned) this.#locals[local] = { address: undefined, dependencies };
    }
    this.#stack.length = Math.min(this.#stack.length, frame.height);
    for (let i = 0; i < frame.results; i++) {
      const value = frame.values[i] ?? UNKNOWN;
      this.#push({ ...value, dependencies: union(value.dependencies, frame.condition) });
    }
  }

  #endIf(frame: Frame): void {
    const now = { reachable: this.#reachable, locals: this.#locals };
    const other = frame.thenEnd ?? { reachable: frame.reachableBefore && !frame.constant, locals: frame.locals };
    this.#reachable = now.reachable || other.reachable;
    if (!now.reachable) this.#locals = other.locals.slice();
    else if (other.reachable) {
      for (const [local, dependencies] of frame.assigned)
        this.#locals[local] = { address: undefined, dependencies: union(dependencies, frame.condition) };
    }
  }

  #branch(depths: readonly number[], dependencies: Dependencies): void {
    if (!this.#reachable) return;
    this.#control = union(this.#control, dependencies);
    for (const depth of depths) {
      const index = this.#frames.length - 1 - depth;
      const target = this.#frames[index];
      if (!target) continue;
      target.isTarget = true;
      if (target.kind !== "loop" && target.results > 0) {
        const values = this.#popArguments(target.results);
        for (const value of values) this.#push(value);
        target.values = target.values.length === 0 ? values : target.values.map((v, i) => merged(v, values[i] ?? UNKNOWN));
      }
      this.#decide(index, dependencies);
    }
  }

  /** A branch to a loop's beginning, or out of it, decides whether the loop goes on; so do the conditions under which it stands. */
  #decide(target: number, dependencies: Dependencies): void {
    let conditions = dependencies;
    const inside: Frame[] = [];
    for (let i = this.#frames.length - 1; i >= target; i--) {
      const frame = this.#frames[i] as Frame;
      if (frame.kind === "loop") {
        const index = frame.loop as number;
        const loop = this.loops[index] as Loop;
        loop.decides = union(loop.decides, conditions);
        for (const block of inside) block.decides.add(index);
        if (i > target) loop.hasExit = true;
      }
      conditions = union(conditions, frame.condition);
      inside.push(frame);
    }
  }

  #leave(): void {
    this.#reachable = false;
    this.#stack.length = this.#frames.at(-1)?.height ?? 0;
  }

  #finish(frame: Frame): void {
    const value = frame.values[0] ?? UNKNOWN;
    this.result = { address: value.address, dependencies: union(value.dependencies, this.#control) };
  }
}

function merged(a: Value, b: Value): Value {
  const same = JSON.stringify(a.address) === JSON.stringify(b.address);
  return { address: same ? a.address : undefined, dependencies: union(a.dependencies, b.dependencies) };
}
