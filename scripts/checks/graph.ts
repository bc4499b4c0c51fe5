/** Who calls whom, directly and through references, and what a function does together with all that it calls. */
import { INTRINSICS } from "../../runtime/intrinsics.ts";
import { forEachInstruction, KIND } from "../pipeline/wasm/module.ts";
import { components } from "./order.ts";
import type { Program } from "./program.ts";
import { followReferences, type References } from "./references.ts";
import { type Trace, trace } from "./trace.ts";
import { type Dependencies, type Place, UNKNOWN, union, type Value, Values } from "./values.ts";

export interface Edge {
  readonly from: number;
  readonly to: number;
  /** Of the call. */
  readonly offset: number;
  readonly args: readonly Value[];
  readonly loop: number | undefined;
  /** False: one of many functions that a reference may be. */
  readonly certain: boolean;
}
export interface Effects {
  readonly reads: ReadonlyMap<string, Place>;
  readonly writes: ReadonlyMap<string, { readonly place: Place; readonly dependencies: Dependencies }>;
  /** Reaches an intrinsic that is a barrier. */
  readonly isBarrier: boolean;
}
export interface Analysis {
  readonly program: Program;
  readonly values: Values;
  readonly traces: readonly Trace[];
  readonly references: References;
  /** Calls out of each function, in the order of its code. */
  readonly edges: readonly (readonly Edge[])[];
  readonly effects: readonly Effects[];
}

/** What ends the program is no barrier: a loop that it may end reads nothing afterwards. */
const NO_RETURN = /^jh\.(trap|halt)$|^~lib\/jh-inmate\/fault\/(abort|panic)$|\/panic~\d+/;
const BARRIERS = new Set(INTRINSICS.filter(({ barrier }) => barrier).map(({ name }) => `jh.${name}`));
/** Indirect calls can lead upwards in the order of the direct ones; chains of them longer than this are cut. */
const MOST_ROUNDS = 6;
/** Places that are kept of one function: what a program shares is far less. */
const MOST_PLACES = 1000;

export function analyse(program: Program): Analysis {
  const values = new Values();
  const order = components(program.functions.length, directCalls(program)).flat();
  const traces: Trace[] = new Array(program.functions.length);
  const resultOf = (callee: number, args: readonly Value[]) =>
    traces[callee] ? values.valueFor((traces[callee] as Trace).result, args) : UNKNOWN;
  for (const fn of order)
    traces[fn] = trace(program, program.functions[fn] as Program["functions"][number], values, resultOf);
  const references = followReferences(program, traces, order, values);
  const edges = traces.map((t, from) => edgesOf(t, from, references));
  return { program, values, traces, references, edges, effects: effectsOf(program, values, traces, edges, order) };
}

function directCalls({ functions, module }: Program): (fn: number) => Iterable<number> {
  const targets = functions.map(({ body }) => {
    const calls = new Set<number>();
    if (body) forEachInstruction(module, body, (opcode, _, r) => void (opcode === 0x10 && calls.add(r.u32())));
    return calls;
  });
  return (fn) => targets[fn] ?? [];
}

function edgesOf({ calls, indirectCalls }: Trace, from: number, { indirect }: References): Edge[] {
  const direct = calls.map(
    ({ callee, offset, args, loop }): Edge => ({ from, to: callee, offset, args, loop, certain: true }),
  );
  const others = indirectCalls.flatMap(({ offset, args, loop }) => {
    const targets = indirect.get(offset);
    return [...(targets?.functions ?? [])].map(
      (to): Edge => ({ from, to, offset, args, loop, certain: targets?.known ?? false }),
    );
  });
  return [...direct, ...others].sort((a, b) => a.offset - b.offset);
}

/** Whether a call of the function comes back. */
export function returns({ functions }: Program, fn: number): boolean {
  return !NO_RETURN.test(functions[fn]?.name ?? "");
}

interface Collected {
  readonly reads: Map<string, Place>;
  readonly writes: Map<string, { place: Place; dependencies: Dependencies }>;
  isBarrier: boolean;
}

function effectsOf(
  program: Program,
  values: Values,
  traces: readonly Trace[],
  edges: readonly (readonly Edge[])[],
  order: readonly number[],
): Effects[] {
  const { functions, module } = program;
  const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
  const all = functions.map(
    ({ name }, i): Collected => ({
      reads: new Map(),
      writes: new Map(),
      isBarrier: i < imported && BARRIERS.has(name) && !NO_RETURN.test(name),
    }),
  );
  for (const [fn, { reads, assignments }] of traces.entries()) {
    const own = all[fn] as Collected;
    for (const { place } of reads) own.reads.set(values.register(place), place);
    for (const { key, place, value } of assignments) {
      if (!place) continue;
      const dependencies = union(own.writes.get(key)?.dependencies ?? new Map(), value.dependencies);
      own.writes.set(key, { place, dependencies });
    }
  }
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round++) {
    changed = false;
    for (const fn of order)
      for (const edge of edges[fn] ?? [])
        changed =
          include(all[fn] as Collected, all[edge.to] as Collected, edge, values, returns(program, edge.to)) || changed;
  }
  return all;
}

/** Adds what a callee does, as its caller sees it. */
function include(caller: Collected, callee: Collected, { args }: Edge, values: Values, returns: boolean): boolean {
  const before = caller.reads.size + caller.writes.size + Number(caller.isBarrier);
  caller.isBarrier ||= callee.isBarrier && returns;
  for (const place of callee.reads.values()) {
    const seen = values.placeFor(place, args);
    if (seen && caller.reads.size < MOST_PLACES) caller.reads.set(values.register(seen), seen);
  }
  for (const { place, dependencies } of callee.writes.values()) {
    const seen = values.placeFor(place, args);
    if (!seen || caller.writes.size >= MOST_PLACES) continue;
    const key = values.register(seen);
    if (!caller.writes.has(key))
      caller.writes.set(key, { place: seen, dependencies: values.dependenciesFor(dependencies, args) });
  }
  return before !== caller.reads.size + caller.writes.size + Number(caller.isBarrier);
}
