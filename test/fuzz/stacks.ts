/**
 * Random modules about what lies on the stack: blocks, loops and ifs with parameters and several results, branches that take values with them,
 * locals that change while their old values wait. Binaryen's generator has no block with parameters. No instruction here makes a NaN.
 */
import { assemble } from "../wat.ts";
import { callsOf } from "./calls.ts";
import { STATE } from "./closed.ts";
import { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

const TYPES = ["i32", "i64", "f32", "f64"] as const;
type Type = (typeof TYPES)[number];

const BINARY: Readonly<Record<Type, readonly string[]>> = {
  i32: ["add", "sub", "mul", "xor", "and", "or", "shl", "shr_u", "rotl"],
  i64: ["add", "sub", "mul", "xor", "and", "or", "shl", "shr_s", "rotr"],
  f32: ["add", "sub", "min", "max", "copysign"],
  f64: ["add", "sub", "min", "max", "copysign"],
};
const UNARY: Readonly<Record<Type, readonly (readonly [instruction: string, result: Type])[]>> = {
  i32: [
    ["i32.clz", "i32"],
    ["i32.eqz", "i32"],
    ["i64.extend_i32_s", "i64"],
    ["f32.convert_i32_s", "f32"],
    ["f64.convert_i32_u", "f64"],
  ],
  i64: [
    ["i64.popcnt", "i64"],
    ["i64.eqz", "i32"],
    ["i32.wrap_i64", "i32"],
    ["f64.convert_i64_s", "f64"],
  ],
  f32: [
    ["f32.neg", "f32"],
    ["f32.abs", "f32"],
    ["i32.trunc_sat_f32_s", "i32"],
    ["f64.promote_f32", "f64"],
  ],
  f64: [
    ["f64.neg", "f64"],
    ["f64.floor", "f64"],
    ["i64.trunc_sat_f64_s", "i64"],
    ["i32.trunc_sat_f64_u", "i32"],
  ],
};

/** Of each type; then one that counts down what branches back may still happen. */
const LOCALS = 3;
const FUEL = "$fuel";
const FUNCTIONS = 3;
const DEEPEST = 4;

const MIX = `(func $mix (param i64)
  global.get $state local.get 0 i64.xor i64.const 0x9e3779b97f4a7c15 i64.mul i64.const 29 i64.rotl global.set $state)`;

interface Signature {
  readonly params: readonly Type[];
  readonly results: readonly Type[];
}
interface Label {
  readonly types: readonly Type[];
  readonly isLoop: boolean;
}

export async function randomStacks(seed: number): Promise<Subject> {
  const random = new Random(seed);
  const signatures: Signature[] = [];
  const functions: string[] = [];
  for (let i = 0; i < FUNCTIONS; i++) {
    const signature = { params: types(random, 3), results: types(random, 3) };
    functions.push(new Body(random, signatures).text(`$f${i}`, signature));
    signatures.push(signature);
  }
  const exported = signatures.map(({ params, results }, i) => wrapper(i, params, results));
  const state = `(func (export "${STATE}") (result i64) global.get $state)`;
  const fields = ["(memory 1 1)", "(global $state (mut i64) (i64.const 0))", MIX, ...functions, ...exported, state];
  const wasm = await assemble(`(module ${fields.join("\n")})`);
  const entries = [
    ...signatures.map(({ params }, i) => ({ name: `e${i}`, arity: params.length })),
    { name: STATE, arity: 0 },
  ];
  return { name: `stacks ${seed}`, wasm, map: undefined, entries, calls: callsOf(random, entries), features: "common" };
}

const types = (random: Random, most: number) =>
  Array.from({ length: random.between(0, most) }, () => random.pick(TYPES));
const wat = (list: readonly Type[], word: string) => (list.length > 0 ? `(${word} ${list.join(" ")})` : "");

/** As an integer of 64 bits. */
const BITS: Readonly<Record<Type, string>> = {
  i32: "i64.extend_i32_s",
  i64: "",
  f32: "i32.reinterpret_f32 i64.extend_i32_u",
  f64: "i64.reinterpret_f64",
};

/** Takes and gives integers of 64 bits; the results are mixed into one. */
function wrapper(i: number, params: readonly Type[], results: readonly Type[]): string {
  const from: Record<Type, string> = {
    i32: "i32.wrap_i64",
    i64: "",
    f32: "i32.wrap_i64 f32.convert_i32_s",
    f64: "i32.wrap_i64 f64.convert_i32_s",
  };
  const args = params.map((type, n) => `local.get ${n} ${from[type]}`).join(" ");
  const mix = [...results].reverse().map((type) => `${BITS[type]} call $mix`);
  const fields = params.map(() => "(param i64)").join(" ");
  return `(func (export "e${i}") ${fields} (result i64) ${args} call $f${i} ${mix.join(" ")} global.get $state)`;
}

class Body {
  readonly #random: Random;
  /** Of the functions that may be called. */
  readonly #others: readonly Signature[];
  #params: readonly Type[] = [];
  #steps = 120;

  constructor(random: Random, others: readonly Signature[]) {
    this.#random = random;
    this.#others = others;
  }

  text(name: string, { params, results }: Signature): string {
    this.#params = params;
    const code = this.#block([], results, [{ types: results, isLoop: false }], 0);
    const all = [...params, ...TYPES.flatMap((type) => Array<Type>(LOCALS).fill(type))];
    const seen = all.map((type, n) => `local.get ${n} ${BITS[type]} call $mix`);
    return `(func ${name} ${wat(params, "param")} ${wat(results, "result")} ${wat(all.slice(params.length), "local")} (local ${FUEL} i32)
  i32.const 9 local.set ${FUEL}
  block ${wat(results, "result")} ${code.join(" ")} end
  ${seen.join(" ")})`;
  }

  /** Local of a type, perhaps a parameter. */
  #local(type: Type): number {
    const own = this.#params.flatMap((param, n) => (param === type ? [n] : []));
    const first = this.#params.length + TYPES.indexOf(type) * LOCALS;
    return this.#random.pick([...own, ...Array.from({ length: LOCALS }, (_, n) => first + n)]);
  }

  #value(type: Type): string {
    if (this.#random.percent(70)) return `local.get ${this.#local(type)}`;
    return `${type}.const ${this.#random.between(-3, 100)}`;
  }

  /** Code that finds `params` on the stack and leaves `results`; `labels` has the innermost first. */
  #block(params: readonly Type[], results: readonly Type[], labels: readonly Label[], depth: number): string[] {
    const stack = [...params];
    const code: string[] = [];
    for (let steps = this.#random.between(2, 14); steps > 0 && this.#steps-- > 0; steps--) {
      if (this.#random.percent(4)) return [...code, ...this.#leave(labels)];
      this.#step(stack, code, labels, depth);
    }
    const same = results.findIndex((type, n) => stack[n] !== type);
    const kept = same < 0 ? results.length : same;
    for (const type of stack.splice(kept).reverse())
      code.push(this.#random.percent(15) ? "drop" : `local.set ${this.#local(type)}`);
    for (const type of results.slice(kept)) code.push(this.#value(type));
    return code;
  }

  /** br_table, with values of its own; nothing can follow. */
  #leave(labels: readonly Label[]): string[] {
    const forward = labels.map((label, n) => ({ ...label, n })).filter(({ isLoop }) => !isLoop);
    const one = this.#random.pick(forward);
    const same = forward.filter((label) => label.types.join() === one.types.join());
    const values = one.types.map((type) => this.#value(type));
    const targets = Array.from({ length: this.#random.between(1, 4) }, () => this.#random.pick(same).n);
    return [...values, this.#value("i32"), `i32.const 3 i32.and br_table ${targets.join(" ")}`];
  }

  #step(stack: Type[], code: string[], labels: readonly Label[], depth: number): void {
    const random = this.#random;
    const top = stack.at(-1);
    const kind = random.below(14);
    if (kind <= 2 || top === undefined) {
      const type = top !== undefined && random.percent(60) ? top : random.pick(TYPES);
      code.push(this.#value(type));
      stack.push(type);
    } else if (kind <= 5) {
      if (stack.at(-2) === top) {
        code.push(`${top}.${random.pick(BINARY[top])}`);
        stack.pop();
      } else {
        const [instruction, result] = random.pick(UNARY[top]);
        code.push(instruction);
        stack.splice(-1, 1, result);
      }
    } else if (kind === 6) {
      code.push(`local.tee ${this.#local(top)}`);
    } else if (kind === 7) {
      code.push(`local.set ${this.#local(top)}`);
      stack.pop();
    } else if (kind === 8 && stack.at(-2) === top) {
      code.push(this.#value("i32"), "select");
      stack.pop();
    } else if (kind === 9 || kind === 10) {
      this.#branch(stack, code, labels);
    } else if (kind === 11 && this.#others.length > 0) {
      const called = random.below(this.#others.length);
      const { params, results } = this.#others[called] as Signature;
      for (const type of params) code.push(this.#value(type));
      code.push(`call $f${called}`);
      stack.push(...results);
    } else if (depth < DEEPEST) {
      this.#nest(stack, code, labels, depth);
    }
  }

  /** br_if with the values that its label wants: those on the stack, as far as they fit, or others. */
  #branch(stack: Type[], code: string[], labels: readonly Label[]): void {
    const n = this.#random.below(labels.length);
    const { types: wanted, isLoop } = labels[n] as Label;
    const fits = wanted.every((type, i) => stack[stack.length - wanted.length + i] === type);
    if (!fits || this.#random.percent(30)) {
      for (const type of wanted) code.push(this.#value(type));
      stack.push(...wanted);
    }
    const back = `local.get ${FUEL} i32.const 1 i32.sub local.tee ${FUEL} i32.const 0 i32.gt_s`;
    code.push(this.#value("i32"), ...(isLoop ? [`${back} i32.and`] : []), `br_if ${n}`);
  }

  #nest(stack: Type[], code: string[], labels: readonly Label[], depth: number): void {
    const random = this.#random;
    const kind = random.pick(["block", "loop", "if"]);
    const count = random.between(0, Math.min(3, stack.length));
    const params = stack.splice(stack.length - count);
    const results = random.percent(30) ? params : types(random, 3);
    const inner = [{ types: kind === "loop" ? params : results, isLoop: kind === "loop" }, ...labels];
    const body = () => this.#block(params, results, inner, depth + 1);
    if (kind === "if") code.push(this.#value("i32"));
    code.push(`${kind} ${wat(params, "param")} ${wat(results, "result")}`, ...body());
    if (kind === "if" && (params.join() !== results.join() || random.percent(50))) code.push("else", ...body());
    code.push("end");
    stack.push(...results);
  }
}
