/** Random statements. Every loop has a counter, so that a program ends. */
import { addressIn, condition, expression, indexOf, MEMORY_BYTES, seen } from "./expressions.ts";
import { type Scope, variableOf } from "./scope.ts";
import { anyType, INTEGERS, isFloat, type Type } from "./types.ts";

const DEPTH = 3;

/** Names of variables are numbered through a function. */
export class Body {
  #variables = 0;
  readonly #result: Type;
  /** How many statements there may still be in it. */
  #room: number;

  constructor(result: Type, room: number) {
    this.#result = result;
    this.#room = room;
  }

  block(scope: Scope, level: number, insideLoop: boolean): string[] {
    const lines: string[] = [];
    let inner = scope;
    for (let n = scope.random.between(1, 5); n > 0 && this.#room > 0; n--) {
      this.#room--;
      const [statement, made] = this.#statement(inner, level, insideLoop);
      lines.push(...statement);
      if (made) inner = { ...inner, variables: [...inner.variables, made] };
    }
    return lines;
  }

  #name(): string {
    return `v${this.#variables++}`;
  }

  #statement(scope: Scope, level: number, insideLoop: boolean): [string[], Scope["variables"][number]?] {
    const { random } = scope;
    const kind = random.below(100);
    if (kind < 25) {
      const type = anyType(random);
      const name = this.#name();
      return [[`let ${name}: ${type} = ${expression(scope, type, DEPTH)};`], { name, type }];
    }
    if (kind < 45) return [[this.#assignment(scope)]];
    if (kind < 60) return [[this.#store(scope)]];
    if (level > 0 && kind < 72) return [this.#if(scope, level - 1, insideLoop)];
    if (level > 0 && kind < 84) return [this.#loop(scope, level - 1)];
    if (level > 0 && kind < 90) return [this.#switch(scope, level - 1, insideLoop)];
    if (insideLoop && kind < 94) return [[`if (${condition(scope, 2)}) ${random.pick(["break", "continue"])};`]];
    if (kind < 96) return [[`if (${condition(scope, 2)}) return ${expression(scope, this.#result, 2)};`]];
    return [[this.#assignment(scope)]];
  }

  #assignment(scope: Scope): string {
    const { random } = scope;
    const type = anyType(random);
    const name = variableOf(scope, type, true);
    if (!name) return this.#store(scope);
    if (type === "bool" || random.percent(50)) return `${name} = ${expression(scope, type, DEPTH)};`;
    const operators = isFloat(type) ? ["+", "-", "*", "/"] : ["+", "-", "*", "^", "&", "|", "<<", ">>", ">>>"];
    return `${name} ${random.pick(operators)}= ${expression(scope, type, DEPTH - 1)};`;
  }

  #store(scope: Scope): string {
    const { random, lists } = scope;
    const kind = random.below(10);
    if (kind < 5) {
      const { name, type, bits } = random.pick(lists);
      const value = expression(scope, type, DEPTH);
      return `${name}[${indexOf(scope, bits, 2)}] = ${isFloat(type) ? seen(type, value) : value};`;
    }
    if (kind < 9) {
      const type = random.pick([...INTEGERS, "f32", "f64"] as const);
      const value = expression(scope, type, DEPTH);
      return `store<${type}>(${addressIn(scope, 2)}, ${isFloat(type) ? seen(type, value) : value}, ${random.below(16)});`;
    }
    const length = `${expression(scope, "u32", 1)} & ${MEMORY_BYTES / 4 - 1}`;
    return random.percent(50)
      ? `memory.copy(${addressIn(scope, 1)}, ${addressIn(scope, 1)}, ${length});`
      : `memory.fill(${addressIn(scope, 1)}, ${expression(scope, "u8", 1)}, ${length});`;
  }

  #if(scope: Scope, level: number, insideLoop: boolean): string[] {
    const head = `if (${condition(scope, 2)}) {`;
    const first = this.block(scope, level, insideLoop);
    if (scope.random.percent(50)) return [head, ...first, "}"];
    return [head, ...first, "} else {", ...this.block(scope, level, insideLoop), "}"];
  }

  #loop(scope: Scope, level: number): string[] {
    const { random } = scope;
    const type = random.pick(["i32", "u32", "i64", "u8"] as const);
    const name = this.#name();
    const inner = { ...scope, variables: [...scope.variables, { name, type, isFixed: true }] };
    const times = random.between(1, 12);
    const body = () => this.block(inner, level, true);
    if (random.percent(60)) return [`for (let ${name}: ${type} = 0; ${name} < ${times}; ${name}++) {`, ...body(), "}"];
    if (random.percent(50)) return [`let ${name}: ${type} = ${times};`, `while (${name}-- > 0) {`, ...body(), "}"];
    return [`let ${name}: ${type} = 0;`, "do {", ...body(), `} while (++${name} < ${times});`];
  }

  #switch(scope: Scope, level: number, insideLoop: boolean): string[] {
    const { random } = scope;
    const head = `switch (${expression(scope, "i32", 2)} & 7) {`;
    const cases = Array.from({ length: random.between(2, 6) }, (_, i) => [
      `case ${i}: {`,
      ...this.block(scope, level, insideLoop),
      "}",
      ...(random.percent(60) ? ["break;"] : []),
    ]);
    return [head, ...cases.flat(), "default: {", ...this.block(scope, level, insideLoop), "}", "}"];
  }
}
