/**
 * How deep the stack gets at most, on the final code: the sizes of the frames along the deepest chain of calls. Pure: the pipeline reads the ELF
 * file.
 */

import { functionName } from "../pipeline/names.ts";
import type { Position } from "../pipeline/wasm/markers.ts";
import { isUserFile } from "./allow.ts";
import { components } from "./order.ts";
import { type Frame, spell } from "./places.ts";

export interface CodeCall {
  /** Names in C; several for a call through a reference. */
  readonly to: readonly string[];
  /** False: one of them, but it is not known which. */
  readonly certain: boolean;
  /** Innermost first: the function's own code may be that of functions inlined into it. */
  readonly frames: readonly Frame[];
}
export interface CodeFunction {
  /** Name in C. */
  readonly name: string;
  /** Bytes of stack. */
  readonly frame: number;
  /** Where it begins. */
  readonly position: Position | undefined;
  readonly calls: readonly CodeCall[];
  /** Of the SDK or the runtime. */
  readonly isOurs: boolean;
}
export interface Depth {
  /** Bytes; undefined: there is no bound. */
  readonly bytes: number | undefined;
  /** Outermost first. */
  readonly chain: readonly Step[];
}
interface Step {
  readonly fn: CodeFunction;
  /** What it calls next; undefined: the deepest. */
  readonly call: CodeCall | undefined;
}

/** A circle in our own code is gone round once: the console starts itself with its first output, and that may print. So twice along it. */
const ROUNDS = 2;
/** For the longest way through a circle; beyond, it is taken to go through all of its functions. */
const MOST_STEPS = 20_000;

/** `follow` says which calls count. */
export function stackDepths(
  functions: readonly CodeFunction[],
  follow: (call: CodeCall) => boolean,
): (name: string) => Depth {
  const index = new Map(functions.map(({ name }, i) => [name, i]));
  const all = functions.map((fn) =>
    fn.calls
      .filter(follow)
      .flatMap((call) => call.to.flatMap((name) => ({ call, to: index.get(name) ?? -1 })))
      .filter(({ to }) => to >= 0),
  );
  const calls = withoutGuesses(all);
  const depths: Depth[] = new Array(functions.length);
  for (const group of components(functions.length, (i) => (calls[i] ?? []).map(({ to }) => to))) {
    const inside = new Set(group);
    const isCircle = group.length > 1 || (calls[group[0] as number] ?? []).some(({ to }) => inside.has(to));
    const ours = group.every((i) => functions[i]?.isOurs);
    const around = isCircle ? ROUNDS * longestWay(functions, group, (i) => (calls[i] ?? []).map(({ to }) => to)) : 0;
    const deepest = (i: number): Depth => {
      const fn = functions[i] as CodeFunction;
      let below: Depth = { bytes: 0, chain: [] };
      let by: CodeCall | undefined;
      for (const { call, to } of calls[i] ?? []) {
        const depth = inside.has(to) ? undefined : depths[to];
        if (!depth || compare(depth, below) <= 0) continue;
        [below, by] = [depth, call];
      }
      return {
        bytes: below.bytes === undefined ? undefined : below.bytes + (isCircle ? around : fn.frame),
        chain: [{ fn, call: by }, ...below.chain],
      };
    };
    const own = group.map(deepest);
    for (const [i, member] of group.entries()) {
      const depth = isCircle ? own.reduce((a, b) => (compare(b, a) > 0 ? b : a)) : (own[i] as Depth);
      depths[member] = isCircle && !ours ? { bytes: undefined, chain: depth.chain } : depth;
    }
  }
  return (name) => depths[index.get(name) ?? -1] ?? { bytes: 0, chain: [] };
}

interface Link {
  readonly call: CodeCall;
  readonly to: number;
}

/** That a reference may be any function of its type is no sign of recursion: such calls do not close circles. */
function withoutGuesses(calls: readonly (readonly Link[])[]): (readonly Link[])[] {
  const group = new Map<number, number>();
  for (const [i, members] of components(calls.length, (fn) => (calls[fn] ?? []).map(({ to }) => to)).entries())
    for (const member of members) group.set(member, i);
  return calls.map((links, from) => links.filter(({ call, to }) => call.certain || group.get(from) !== group.get(to)));
}

/** Bytes of the most expensive way through a circle that comes to no function twice. */
function longestWay(
  functions: readonly CodeFunction[],
  group: readonly number[],
  targets: (i: number) => readonly number[],
): number {
  const frame = (i: number) => functions[i]?.frame ?? 0;
  const free = new Set(group);
  let steps = 0;
  const from = (i: number): number => {
    free.delete(i);
    steps++;
    const rest = steps > MOST_STEPS ? 0 : Math.max(0, ...targets(i).map((to) => (free.has(to) ? from(to) : 0)));
    free.add(i);
    return frame(i) + rest;
  };
  const longest = Math.max(...group.map(from));
  return steps > MOST_STEPS ? group.reduce((sum, i) => sum + frame(i), 0) : longest;
}

function compare(a: Depth, b: Depth): number {
  return (a.bytes ?? Number.POSITIVE_INFINITY) - (b.bytes ?? Number.POSITIVE_INFINITY);
}

/** Names from the outermost to the deepest, without the runtime that starts the program. */
export function chainNames({ chain }: Depth): string[] {
  return chain.flatMap(({ fn, call }) =>
    [...(call?.frames ?? [{ name: functionName(fn.name), position: fn.position }])]
      .reverse()
      .filter(isSource)
      .map(({ name }) => name),
  );
}

/** Lines as in a fault report, innermost first; the bytes stand at the outermost of the functions that are one in machine code. */
export function stackLines({ chain }: Depth): string[] {
  const lines = chain.flatMap(({ fn, call }) => {
    const frames = (call?.frames ?? [{ name: functionName(fn.name), position: fn.position }]).filter(isSource);
    return frames
      .map(({ name, position }, i) => {
        const bytes = i === frames.length - 1 ? `  ${fn.frame.toLocaleString("en")} bytes` : "";
        return `    at ${name}${position ? ` (${spell(position)})` : ""}${bytes}`;
      })
      .reverse();
  });
  return lines.reverse();
}

function isSource({ position }: Frame): boolean {
  return position !== undefined && (isUserFile(position.file) || position.file.startsWith("~lib/"));
}
