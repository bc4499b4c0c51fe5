/**
 * Loops that wait for what a handler or another CPU changes. No compiler expects that: without a barrier in the loop it reads the variable once
 * and spins for ever.
 *
 * A loop waits for a variable if that decides whether it goes on, be it through other variables or calls. A variable that is compared with
 * something that the loop itself moves on (`tail != head`) only ends the loop early. An endless loop waits for whatever it reads.
 */

import type { Position } from "../pipeline/wasm/markers.ts";
import { isUserFile } from "./allow.ts";
import { type Context, type Finding, rootFrame, rootName } from "./context.ts";
import { type Edge, returns } from "./graph.ts";
import { insideLoop } from "./loops.ts";
import { chainLines, type Frame, spell } from "./places.ts";
import { Reach } from "./reach.ts";
import type { Root } from "./references.ts";
import type { Trace } from "./trace.ts";
import { type Dependencies, isFixed, keyOf, overlap, type Place, union } from "./values.ts";

interface Wait {
  readonly place: Place;
  /** Names of fields on the way from a variable to the place, as far as the loop tells. */
  readonly fields: readonly string[];
  readonly position: Position;
  /** Where it waits, then the callers that say for what. */
  readonly frames: readonly Frame[];
}

/** A wait in a function is passed on to so many callers that give it the variable. */
const MOST_CALLERS = 4;

export function waits(context: Context): Finding[] {
  const { analysis } = context;
  const { roots } = analysis.references;
  if (roots.length === 0) return [];
  const main = new Reach(analysis.edges, analysis.program.entries);
  const apart = roots.map((root) => ({ root, reach: new Reach(analysis.edges, [root.fn]) }));
  const findings = new Map<string, Finding>();
  for (const [fn, trace] of analysis.traces.entries()) {
    const runners: (Root | undefined)[] = [
      ...(main.has(fn) ? [undefined] : []),
      ...apart.filter(({ reach }) => reach.has(fn)).map(({ root }) => root),
    ];
    for (const index of trace.loops.keys()) {
      for (const wait of resolved(context, fn, waitsOf(context, fn, index), 0)) {
        const writer = runners.map((runner) => writerFor(context, wait.place, runner)).find((one) => one);
        const name = nameOf(context, wait);
        if (!writer || name === undefined || context.allowances.has("wait", wait.position)) continue;
        const remedy = writer.root && writer.root.kind !== "cpu" ? "cpu.wait()" : "cpu.relax()";
        const who = writer.root ? rootName(context, writer.root) : "the main program";
        const message = `${spell(wait.position, false)} waits for \`${name}\`, which ${who} changes: put ${remedy} in the loop`;
        if (!findings.has(message))
          findings.set(message, { severity: "error", message, detail: detail(context, wait, writer) });
      }
    }
  }
  return [...findings.values()];
}

/** Who else changes a variable: a root, or the main program behind the line where it starts the CPU that waits. */
interface Writer {
  readonly fn: number;
  readonly root: Root | undefined;
}

/** Handlers do not interrupt each other. */
function writerFor({ analysis }: Context, place: Place, runner: Root | undefined): Writer | undefined {
  const { effects, references, traces, edges, values } = analysis;
  const root = references.roots.find((one) => {
    if (one === runner || (runner && runner.kind !== "cpu" && one.kind !== "cpu")) return false;
    return [...(effects[one.fn]?.writes.values() ?? [])].some((write) => overlap(write.place, place));
  });
  if (root) return { fn: root.fn, root };
  const site = runner?.kind === "cpu" ? runner.site : undefined;
  if (!site) return undefined;
  const own = traces[site.fn]?.assignments.some((a) => a.offset > site.offset && a.place && overlap(a.place, place));
  const called = (edges[site.fn] ?? []).some(
    ({ to, args, offset }) =>
      offset > site.offset &&
      [...(effects[to]?.writes.values() ?? [])].some((write) => {
        const target = values.placeFor(write.place, args);
        return target !== undefined && overlap(target, place);
      }),
  );
  return own || called ? { fn: site.fn, root: undefined } : undefined;
}

function waitsOf(context: Context, fn: number, index: number): Wait[] {
  const { analysis, places } = context;
  const { effects, edges, values } = analysis;
  const trace = analysis.traces[fn] as Trace;
  const loop = trace.loops[index] as Trace["loops"][number];
  const calls = (edges[fn] as Edge[]).filter((edge) => insideLoop(trace, edge.loop, index));
  if (calls.some(({ to }) => effects[to]?.isBarrier && returns(analysis.program, to))) return [];
  const keys = loop.hasExit ? awaited(context, fn, index, calls) : read(context, trace, index, calls);
  return [...keys].flatMap((key): Wait[] => {
    const place = values.place(key);
    const offset = readOffset(context, trace, index, calls, key);
    const position = places.at(fn, offset ?? loop.offset);
    const start = places.at(fn, loop.offset);
    if (!place || !position || !isUserFile(position.file) || context.allowances.has("wait", start)) return [];
    return [
      { place, fields: fieldsOf(context, place, calls), position, frames: [places.frame(fn, offset ?? loop.offset)] },
    ];
  });
}

/** Keys of all places that are read in the loop. */
function read({ analysis }: Context, trace: Trace, index: number, calls: readonly Edge[]): Set<string> {
  const { values, effects } = analysis;
  const keys = new Set<string>();
  for (const { place, loop } of trace.reads) if (insideLoop(trace, loop, index)) keys.add(values.register(place));
  for (const { to, args } of calls)
    for (const place of effects[to]?.reads.values() ?? []) {
      const seen = values.placeFor(place, args);
      if (seen) keys.add(values.register(seen));
    }
  return keys;
}

/** Keys of the places that decide whether the loop goes on and that it does not move on itself. */
function awaited(context: Context, fn: number, index: number, calls: readonly Edge[]): Set<string> {
  const trace = context.analysis.traces[fn] as Trace;
  const moves = movesOf(context, trace, index, calls);
  const all = closure(trace.loops[index]?.decides ?? new Map(), moves);
  const keys = [...all].filter(([key, partners]) => {
    if (/^[Lp]\d/.test(key) || moves.has(key)) return false;
    return ![...partners].some(
      (partner) => moves.has(partner) && !closure(new Map([[partner, new Set<string>()]]), moves).has(key),
    );
  });
  return new Set(keys.map(([key]) => key));
}

/** What the loop sets, and on what the values depend: also on the conditions under which it is set, but that the loop goes on. */
function movesOf(
  { analysis }: Context,
  trace: Trace,
  index: number,
  calls: readonly Edge[],
): Map<string, Dependencies> {
  const { effects, values } = analysis;
  const moves = new Map<string, Dependencies>();
  const add = (key: string, ...more: Dependencies[]) => moves.set(key, union(moves.get(key) ?? new Map(), ...more));
  for (const { key, loop, value, guards } of trace.assignments) {
    if (!insideLoop(trace, loop, index)) continue;
    const inside = guards.filter((guard) => insideLoop(trace, guard.loop, index) && !guard.decides.has(index));
    add(key, value.dependencies, ...inside.map(({ condition }) => condition));
  }
  for (const { to, args } of calls) {
    for (const { place, dependencies } of effects[to]?.writes.values() ?? []) {
      const seen = values.placeFor(place, args);
      if (seen) add(values.register(seen), values.dependenciesFor(dependencies, args));
    }
  }
  return moves;
}

/** With what the moved ones depend on. */
function closure(from: Dependencies, moves: ReadonlyMap<string, Dependencies>): Dependencies {
  let all = from;
  const done = new Set<string>();
  for (let open = [...all.keys()]; open.length > 0; open = [...all.keys()].filter((key) => !done.has(key))) {
    for (const key of open) {
      done.add(key);
      all = union(all, moves.get(key) ?? new Map());
    }
  }
  return all;
}

/** The instruction in the loop that reads it, or calls what does. */
function readOffset(
  { analysis }: Context,
  trace: Trace,
  index: number,
  calls: readonly Edge[],
  key: string,
): number | undefined {
  const { values, effects } = analysis;
  const own = trace.reads.find(
    ({ place, loop }) => insideLoop(trace, loop, index) && values.register(place) === key,
  )?.offset;
  const reads = ({ to, args }: Edge) =>
    [...(effects[to]?.reads.values() ?? [])].some((place) => {
      const seen = values.placeFor(place, args);
      return seen !== undefined && values.register(seen) === key;
    });
  return own ?? calls.find(reads)?.offset;
}

const GETTER = /#get:(\w+?)_?$/;

/** By the getters that the loop calls. */
function fieldsOf(context: Context, place: Place, calls: readonly Edge[]): string[] {
  if (place.kind === "variable") return [];
  const { values, traces, program } = context.analysis;
  const getter = calls.find(({ to, args }) => {
    const seen = GETTER.test(program.functions[to]?.name ?? "")
      ? traces[to]?.reads.map((read) => values.placeFor(read.place, args))
      : [];
    return seen?.some((one) => one !== undefined && keyOf(one) === keyOf(place));
  });
  const name = GETTER.exec(program.functions[getter?.to ?? -1]?.name ?? "")?.[1];
  const before = place.base.kind === "content" ? fieldsOf(context, place.base.place, calls) : [];
  return name === undefined ? before : [...before, name];
}

/** `uart.received`; without fields if not all of them are known, and undefined for what is not the program's. */
function nameOf({ places }: Context, { place, fields }: Wait): string | undefined {
  const name = places.variableName(place);
  return name === undefined || fields.length !== depthOf(place) ? name : [name, ...fields].join(".");
}

function depthOf(place: Place): number {
  if (place.kind === "variable") return 0;
  return 1 + (place.base.kind === "content" ? depthOf(place.base.place) : 0);
}

/** Waits for what callers pass become waits for what they are. */
function resolved(context: Context, fn: number, open: readonly Wait[], depth: number): Wait[] {
  const { analysis, places } = context;
  const fixed = open.filter(({ place }) => isFixed(place));
  const others = open.filter(({ place }) => !isFixed(place));
  if (others.length === 0 || depth >= MOST_CALLERS) return fixed;
  const calls = analysis.edges.flat().filter(({ to, certain }) => to === fn && certain);
  const passed = calls.flatMap((edge) => {
    const seen = others.flatMap((wait): Wait[] => {
      const place = analysis.values.placeFor(wait.place, edge.args);
      return place ? [{ ...wait, place, frames: [...wait.frames, places.frame(edge.from, edge.offset)] }] : [];
    });
    return resolved(context, edge.from, seen, depth + 1);
  });
  return [...fixed, ...passed];
}

/** The loop; below it the change, by its call chain. */
function detail(context: Context, { place, frames }: Wait, { fn, root }: Writer): string[] {
  const changed = changeOf(context, fn, place, new Set());
  return [
    ...chainLines(frames),
    "  changed by",
    ...chainLines([...changed, ...(root ? rootFrame(context, root) : [])]),
  ];
}

/** Where a function writes the place, itself or by what it calls, innermost first. */
function changeOf(context: Context, fn: number, place: Place, seen: Set<number>): Frame[] {
  const { analysis, places } = context;
  seen.add(fn);
  const own = analysis.traces[fn]?.assignments.find(
    (assignment) => assignment.place && overlap(assignment.place, place),
  );
  if (own) return [places.frame(fn, own.offset)];
  for (const { to, args, offset } of analysis.edges[fn] ?? []) {
    for (const write of analysis.effects[to]?.writes.values() ?? []) {
      const target = analysis.values.placeFor(write.place, args);
      if (!target || seen.has(to) || !overlap(target, place)) continue;
      return [...changeOf(context, to, write.place, seen), places.frame(fn, offset)];
    }
  }
  return [];
}
