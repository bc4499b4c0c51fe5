/**
 * The structured control of a body (Core Specification 2.0, 3.3.8), abstractly: operands, locals, what can be reached, and what decides whether a
 * loop goes on.
 *
 * Where paths meet, a local that one of them has set is unknown, but depends on what both knew. A local that a loop sets is unknown from the
 * loop's beginning on and bears the key `Ln`. So what is known holds on every path.
 */
import type { Module } from "../pipeline/wasm/module.ts";
import { type Frame, type Loop, localsSetInLoops, openFrame } from "./frames.ts";
import type { WasmFunction } from "./program.ts";
import { constantOf, type Dependencies, NO_DEPENDENCIES, UNKNOWN, union, type Value } from "./values.ts";

const EMPTY_BLOCK = -64;

export class Blocks {
  readonly loops: Loop[] = [];
  /** What the function returns. */
  result: Value = UNKNOWN;

  protected readonly frames: Frame[] = [];
  protected locals: Value[];
  protected reachable = true;
  readonly #module: Module;
  readonly #setInLoops: ReadonlyMap<number, ReadonlySet<number>>;
  readonly #stack: Value[] = [];
  /** Conditions of all branches: they decide which value is returned. */
  #control: Dependencies = NO_DEPENDENCIES;

  constructor(module: Module, fn: WasmFunction) {
    this.#module = module;
    this.#setInLoops = fn.body ? localsSetInLoops(module, fn.body) : new Map();
    this.locals = fn.type.params.map((_, index) => ({
      address: { base: { kind: "parameter", index }, offset: 0 },
      dependencies: new Map([[`p${index}`, new Set<string>()]]),
    }));
    this.frames.push(openFrame("function", 0, fn.type.results.length, [], undefined));
  }

  /** Index of the innermost loop. */
  protected get loop(): number | undefined {
    return this.frames.at(-1)?.loop;
  }

  /** Behind a branch the stack may hold less than is taken from it. */
  protected pop(): Value {
    const floor = this.frames.at(-1)?.height ?? 0;
    return this.#stack.length > floor ? (this.#stack.pop() as Value) : UNKNOWN;
  }
  protected popArguments(count: number): Value[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }
  protected push(value: Value): void {
    this.#stack.push(value);
  }

  protected open(kind: "block" | "loop" | "if", offset: number, block: number): void {
    const condition = kind === "if" ? this.pop() : UNKNOWN;
    const type = this.#module.types[block];
    const params = block >= 0 ? (type?.params.length ?? 0) : 0;
    const results = block >= 0 ? (type?.results.length ?? 0) : Number(block !== EMPTY_BLOCK);
    let loop = this.loop;
    if (kind === "loop") {
      const set = this.#setInLoops.get(offset) ?? new Set();
      loop = this.loops.push({ offset, parent: loop, hasExit: false, decides: NO_DEPENDENCIES }) - 1;
      for (const local of set)
        this.locals[local] = { address: undefined, dependencies: new Map([[`L${local}`, new Set<string>()]]) };
    }
    const frame = openFrame(kind, this.#stack.length - params, results, this.locals.slice(), loop);
    frame.reachableBefore = this.reachable;
    if (kind === "if") {
      frame.condition = condition.dependencies;
      frame.constant = constantOf(condition);
      this.#control = union(this.#control, condition.dependencies);
      if (frame.constant === 0) this.reachable = false;
    }
    this.frames.push(frame);
  }

  protected otherwise(): void {
    const frame = this.frames.at(-1) as Frame;
    this.#take(frame);
    frame.thenEnd = { reachable: this.reachable, locals: this.locals };
    this.locals = frame.locals.slice();
    this.#stack.length = frame.height;
    this.reachable = frame.reachableBefore && !frame.constant;
  }

  /** What stands on the stack at the end of a block becomes a part of its result. */
  #take(frame: Frame): void {
    if (!this.reachable) return;
    const values = this.popArguments(frame.results);
    frame.values = frame.values.length === 0 ? values : frame.values.map((v, i) => merged(v, values[i] ?? UNKNOWN));
  }

  protected end(): void {
    const frame = this.frames.at(-1) as Frame;
    this.#take(frame);
    this.frames.pop();
    if (frame.kind === "function") {
      this.#finish(frame);
      return;
    }
    if (frame.kind === "loop") {
      const loop = this.loops[frame.loop as number] as Loop;
      loop.hasExit ||= this.reachable;
    }
    if (frame.kind === "if") this.#endIf(frame);
    if (frame.isTarget && frame.kind !== "loop") {
      this.reachable = true;
      for (const [local, dependencies] of frame.assigned) this.locals[local] = { address: undefined, dependencies };
    }
    this.#stack.length = Math.min(this.#stack.length, frame.height);
    for (let i = 0; i < frame.results; i++) {
      const value = frame.values[i] ?? UNKNOWN;
      this.push({ ...value, dependencies: union(value.dependencies, frame.condition) });
    }
  }

  #endIf(frame: Frame): void {
    const now = { reachable: this.reachable, locals: this.locals };
    const other = frame.thenEnd ?? { reachable: frame.reachableBefore && !frame.constant, locals: frame.locals };
    this.reachable = now.reachable || other.reachable;
    if (!now.reachable) this.locals = other.locals.slice();
    else if (other.reachable) {
      for (const [local, dependencies] of frame.assigned)
        this.locals[local] = { address: undefined, dependencies: union(dependencies, frame.condition) };
    }
  }

  protected branch(depths: readonly number[], dependencies: Dependencies): void {
    if (!this.reachable) return;
    this.#control = union(this.#control, dependencies);
    for (const depth of depths) {
      const index = this.frames.length - 1 - depth;
      const target = this.frames[index];
      if (!target) continue;
      target.isTarget = true;
      if (target.kind !== "loop" && target.results > 0) {
        const values = this.popArguments(target.results);
        for (const value of values) this.push(value);
        target.values =
          target.values.length === 0 ? values : target.values.map((v, i) => merged(v, values[i] ?? UNKNOWN));
      }
      this.#decide(index, dependencies);
    }
  }

  /** A branch to a loop's beginning, or out of it, decides whether the loop goes on; so do the conditions under which it stands. */
  #decide(target: number, dependencies: Dependencies): void {
    let conditions = dependencies;
    const inside: Frame[] = [];
    for (let i = this.frames.length - 1; i >= target; i--) {
      const frame = this.frames[i] as Frame;
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

  protected leave(): void {
    this.reachable = false;
    this.#stack.length = this.frames.at(-1)?.height ?? 0;
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
