/** Where things are in the source, and what they are called. */
import { functionName } from "../pipeline/names.ts";
import type { Position } from "../pipeline/wasm/markers.ts";
import { isUserFile } from "./allow.ts";
import type { Program } from "./program.ts";
import type { Origin, Place } from "./values.ts";

/** One line of a call chain. */
export interface Frame {
  readonly name: string;
  readonly position: Position | undefined;
}

export class Places {
  readonly #program: Program;
  /** Offsets with a position, ascending. */
  readonly #known: readonly number[];

  constructor(program: Program) {
    this.#program = program;
    this.#known = [...program.positions.keys()].sort((a, b) => a - b);
  }

  /** Of an instruction: its own position, else that of the nearest one before it in the same function. */
  at(fn: number, offset: number): Position | undefined {
    const body = this.#program.functions[fn]?.body;
    let [low, high] = [0, this.#known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#known[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.#known[low - 1];
    return found !== undefined && body && found >= body.start ? this.#program.positions.get(found) : undefined;
  }

  frame(fn: number, offset: number): Frame {
    return { name: this.functionName(fn), position: this.at(fn, offset) };
  }

  functionName(fn: number): string {
    return functionName(this.#program.functions[fn]?.name ?? "");
  }

  /** What the program's author calls it; undefined: nothing of theirs. */
  variableName(place: Place): string | undefined {
    if (place.kind === "variable") return this.#own(this.#program.globals[place.global]?.name);
    return this.#originName(place.base);
  }

  #originName(origin: Origin): string | undefined {
    if (origin.kind === "content") return this.variableName(origin.place);
    if (origin.kind === "parameter") return undefined;
    const constant = this.#program.globals.find(
      ({ mutable, initial, name }) => !mutable && initial === origin.value && this.#own(name),
    );
    return this.#own(constant?.name);
  }

  /** `main/ticks` → `ticks` */
  #own(name: string | undefined): string | undefined {
    return name === undefined || name.startsWith("~") || !name.includes("/") ? undefined : functionName(name);
  }
}

/** "main.ts:9:3"; "main.ts:9" on request, or where the column is not known. */
export function spell({ file, line, column }: Position, withColumn = true): string {
  return `${file}:${line}${withColumn && column > 0 ? `:${column}` : ""}`;
}

/** Lines as in the report of a fault, innermost first. What has no position is of the compiler's making and left out. */
export function chainLines(frames: readonly Frame[]): string[] {
  return frames.flatMap(({ name, position }) => (position ? [`    at ${name} (${spell(position)})`] : []));
}

/** The innermost place that its author can change: where a constructor is called rather than the constructor. */
export function blamed(frames: readonly Frame[]): Position | undefined {
  const own = frames.filter(({ position }) => position && isUserFile(position.file));
  return (own.find(({ name }) => !name.endsWith(".constructor")) ?? own[0])?.position;
}
