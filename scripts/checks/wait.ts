/**
 * Loops that wait for what a handler or another CPU changes. No compiler expects that: without a barrier in the loop it reads the variable once
 * and spins for ever.
 *
 * A loop waits for a variable if that decides whether it goes on, be it through other variables or calls. A variable that is compared with
 * something that the loop itself moves on (`tail != head`) only ends the loop early. An endless loop waits for whatever it reads.
 */
import { isUserFile } from "./allow.ts";
import { type Context, type Finding, rootName, rootFrame } from "./context.ts";
import type { Edge } from "./graph.ts";
import { insideLoop } from "./loops.ts";
import type { Position } from "../pipeline/wasm/markers.ts";
import { blamed, chainLines, type Frame, spell } from "./places.ts";
import { framesOf, Reach } from "./reach.ts";
import type { Root } from "./references.ts";
import type { Trace } from "./trace.ts";
import { type Dependencies, isFixed, overlap, type Place, union } from "./values.ts";

interface Wait {
  readonly place: Place;
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
  const findings = new Map<string, Finding>();
  for (const [fn, trace] of analysis.traces.entries()) {
    const runners: (Root | undefined)[] = [
      ...(main.has(fn) ? [undefined] : []),
      ...roots.filter((root) => new Reach(analysis.edges, [root.fn]).has(fn)),
    ];
    for (const index of trace.loops.keys()) {
      for (const wait of resolved(context, fn, waitsOf(context, fn, index), 0)) {
        const root = runners.map((runner) => writerFor(context, wait.place, runner)).find((writer) => writer);
        const name = context.places.variableName(wait.place);
        if (!root || name === undefined || context.allowances.has("wait", wait.position)) continue;
        const remedy = root.kind === "cpu" ? "cpu.relax()" : "cpu.wait()";
        const message = `${spell(wait.position, false)} waits for \`${name}\`, which ${rootName(context, root)} changes: put ${remedy} in the loop`;
        if (!findings.has(message)) findings.set(message, { severity: "error", message, detail: detail(context, wait, root) });
      }
    }
  }
  return [...findings.values()];
}

/** A root that writes the place and does not run on the same CPU at the same priority as the loop. */
function writerFor({ analysis }: Context, place: Place, runner: Root | undefined): Root | undefined {
  return analysis.references.roots.find((root) => {
    // Handlers do not interrupt each other.
    if (root === runner || (runner && runner.kind !== "cpu" && root.kind !== "cpu")) return false;
    return [...(analysis.effects[root.fn]?.writes.values() ?? [])].some((write) => overlap(write.place, place));
  });
}

function waitsOf(context: Context, fn: number, index: number): Wait[] {
  const { analysis, places } = context;
  const { effects, edges, values } = analysis;
  const trace = analysis.traces[fn] as Trace;
  const loop = trace.loops[index] as Trace["loops"][number];
  const calls = (edges[fn] as Edge[]).filter((edge) => insideLoop(trace, edge.loop, index));
  if (calls.some(({ to }) => effects[to]?.isBarrier)) return [];
  const keys = loop.hasExit ? awaited(context, fn, index, calls) : read(context, trace, index, calls);
  return [...keys].flatMap((key): Wait[] => {
    const place = values.place(key);
    const offset = place && readOffset(context, trace, index, calls, key);
    const position = places.at(fn, offset ?? loop.offset);
    const start = places.at(fn, loop.offset);
    if (!place || !position || !isUserFile(position.file) || context.allowances.has("wait", start)) return [];
    return [{ place, position, frames: [places.frame(fn, offset ?? loop.offset)] }];
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
    return ![...partners].some((partner) => moves.has(partner) && !closure(new Map([[partner, new Set<string>()]]), moves).has(key));
  });
  return new Set(keys.map(([key]) => key));
}

/** What the loop sets, and on what the values depend: also on the conditions under which it is set, but that the loop goes on. */
function movesOf({ analysis }: Context, trace: Trace, index: number, calls: readonly Edge[]): Map<string, Dependencies> {
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
function readOffset({ analysis }: Context, trace: Trace, index: number, calls: readonly Edge[], key: string): number | undefined {
  const { values, effects } = analysis;
  const own = trace.reads.find(({ place, loop }) => insideLoop(trace, loop, index) && values.register(place) === key)?.offset;
  if (own !== undefined) return own;
  const call = calls.find(({ to, args }) =>
    [...(effects[to]?.reads.values() ?? [])].some((place) => {
      const seen = values.placeFor(place, args);
      return seen !== undefined && values.register(seen) === key;
    }),
  );
  return call?.offset;
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
function detail(context: Context, { place, frames }: Wait, root: Root): string[] {
  const { analysis, places } = context;
  const chain: Edge[] = [];
  let fn = root.fn;
  const seen = new Set<number>();
  for (;;) {
    seen.add(fn);
    const writes = (to: number) => [...(analysis.effects[to]?.writes.values() ?? [])].some((write) => isFixed(write.place) && overlap(write.place, place));
    const next = (analysis.edges[fn] ?? []).find(({ to }) => !seen.has(to) && writes(to));
    if (!next) break;
    chain.push(next);
    fn = next.to;
  }
  const assignment = analysis.traces[fn]?.assignments.find((a) => a.place && overlap(a.place, place));
  const call = (analysis.edges[fn] ?? []).find(({ to, args }) =>
    [...(analysis.effects[to]?.writes.values() ?? [])].some((write) => {
      const target = analysis.values.placeFor(write.place, args);
      return target !== undefined && overlap(target, place);
    }),
  );
  const change = assignment?.offset ?? call?.offset;
  const changed = [...(change === undefined ? [] : [places.frame(fn, change)]), ...framesOf(chain, places)];
  const at = blamed(changed);
  return [...chainLines(frames), ...(at ? ["  changed by"] : []), ...chainLines([...changed, ...rootFrame(context, root)])];
}
