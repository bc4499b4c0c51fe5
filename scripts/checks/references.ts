/**
 * WasmFunction references: which functions an indirect call may reach, and which become interrupt handlers or start further CPUs.
 *
 * AssemblyScript's function reference is the address of a constant object whose first word is the table index. Where such a constant reaches a
 * call, directly, through parameters or through a variable, the function is known. Else it may be any function of that type in the table.
 */
import { constantWord, type Program, type WasmFunction } from "./program.ts";
import type { Trace } from "./trace.ts";
import { constantOf, isFixedOrigin, type Origin, type Value, type Values } from "./values.ts";

/** vector: what the interrupt vector calls; handler: what that calls in turn. */
export type RootKind = "vector" | "handler" | "cpu";

export interface Site {
  readonly fn: number;
  readonly offset: number;
}
export interface Root {
  readonly kind: RootKind;
  readonly fn: number;
  /** Where it is made one; undefined when the reference could not be followed to here. */
  readonly site: Site | undefined;
}
export interface Targets {
  readonly functions: ReadonlySet<number>;
  /** False: anything of the type. */
  readonly known: boolean;
}
export interface References {
  readonly roots: readonly Root[];
  /** By offset of the instruction. */
  readonly indirect: ReadonlyMap<number, Targets>;
}

/** Intrinsics that make a function a root: which, and by which argument. */
const REGISTRATIONS: ReadonlyMap<string, { readonly argument: number; readonly kind: RootKind }> = new Map([
  ["jh.resolve", { argument: 0, kind: "handler" }],
  ["jh.irq_entry", { argument: 0, kind: "vector" }],
  ["jh.vector_entry", { argument: 0, kind: "vector" }],
  ["jh.cpu_start", { argument: 1, kind: "cpu" }],
]);
export const SDK = "~lib/jh-inmate/";

/** Something that is done with a reference. */
interface Use {
  readonly kind: RootKind | "call" | "variable";
  readonly value: Value;
  /** The instruction. */
  readonly site: Site;
  /** Type of the call, or variable. */
  readonly index: number;
  /** Where the value was seen last: at first `site`, then the caller that passes it. */
  readonly seen: Site;
}

/** `order`: callees before callers. */
export function followReferences(
  program: Program,
  traces: readonly Trace[],
  order: readonly number[],
  values: Values,
): References {
  const open: Use[][] = traces.map(() => []);
  const final: Use[] = [];
  const callers = new Set(traces.flatMap(({ calls }) => calls.map(({ callee }) => callee)));
  const called = new Set([...program.table.values(), ...program.entries]);
  const place = (use: Use, fn: number) => {
    const { address } = use.value;
    if (!address || isFixedOrigin(address.base)) return final.push(use);
    (open[fn] as Use[]).push(use);
    // Whoever calls it from outside of the call graph passes what is not known here.
    return called.has(fn) || !callers.has(fn) ? final.push({ ...use, value: { ...use.value, address: undefined } }) : 0;
  };
  for (const fn of order) {
    const { calls } = traces[fn] as Trace;
    for (const use of usesIn(program, traces[fn] as Trace, fn)) place(use, fn);
    for (const { callee, args, offset } of calls) {
      for (const use of open[callee] as Use[])
        place({ ...use, value: values.valueFor(use.value, args), seen: { fn, offset } }, fn);
    }
  }
  return new Resolution(program, final).references();
}

function usesIn(program: Program, trace: Trace, fn: number): Use[] {
  const uses: Use[] = [];
  for (const { type, target, offset } of trace.indirectCalls)
    uses.push({ kind: "call", value: target, site: { fn, offset }, index: type, seen: { fn, offset } });
  for (const { callee, args, offset } of trace.calls) {
    const registration = REGISTRATIONS.get(program.functions[callee]?.name ?? "");
    const value = registration && args[registration.argument];
    if (value) uses.push({ kind: registration.kind, value, site: { fn, offset }, index: 0, seen: { fn, offset } });
  }
  for (const { place, value, offset } of trace.assignments) {
    if (place?.kind !== "variable") continue;
    uses.push({ kind: "variable", value, site: { fn, offset }, index: place.global, seen: { fn, offset } });
  }
  return uses;
}

class Resolution {
  readonly #program: Program;
  readonly #uses: readonly Use[];
  readonly #assigned = new Map<number, Use[]>();
  readonly #referenced: ReadonlySet<number>;

  constructor(program: Program, uses: readonly Use[]) {
    this.#program = program;
    this.#uses = uses;
    this.#referenced = new Set(program.table.values());
    for (const use of uses)
      if (use.kind === "variable") this.#assigned.set(use.index, [...(this.#assigned.get(use.index) ?? []), use]);
  }

  references(): References {
    const roots: Root[] = [];
    const indirect = new Map<number, Targets>();
    for (const use of this.#uses) {
      if (use.kind === "variable") continue;
      const known = this.#functions(use.value);
      if (use.kind === "call") {
        const before = indirect.get(use.site.offset);
        const functions = known ?? this.#ofType(use);
        indirect.set(use.site.offset, {
          functions: new Set([...(before?.functions ?? []), ...functions]),
          known: known !== undefined && (before?.known ?? true),
        });
      } else {
        for (const fn of known ?? this.#ofType(use)) roots.push({ kind: use.kind, fn, site: known && use.seen });
      }
    }
    const first = new Map<string, Root>();
    for (const root of roots) {
      const key = `${root.kind} ${root.fn}`;
      if (!first.get(key)?.site) first.set(key, root);
    }
    return { roots: [...first.values()].sort((a, b) => a.fn - b.fn), indirect };
  }

  /** The functions that a table index may stand for; undefined: not known. */
  #functions({ address }: Value): Set<number> | undefined {
    if (!address) return undefined;
    const index = constantOf({ address, dependencies: new Map() });
    if (index !== undefined) return this.#atIndexes([index]);
    if (address.base.kind !== "content" || address.offset !== 0 || address.base.place.kind !== "memory")
      return undefined;
    const { base, offset } = address.base.place;
    const objects = offset === 0 ? this.#objects(base, new Set()) : undefined;
    if (!objects) return undefined;
    const indexes = [...objects].map((object) => constantWord(this.#program.module, object));
    return indexes.every((i) => i !== undefined) ? this.#atIndexes(indexes) : undefined;
  }

  #atIndexes(indexes: readonly number[]): Set<number> {
    return new Set(indexes.flatMap((i) => this.#program.table.get(i) ?? []));
  }

  /** Addresses of the constant objects that a pointer may be; null is none. */
  #objects(origin: Origin, seen: Set<number>): Set<number> | undefined {
    if (origin.kind === "constant") return new Set(origin.value === 0 ? [] : [origin.value]);
    if (origin.kind !== "content" || origin.place.kind !== "variable") return undefined;
    const { global } = origin.place;
    if (seen.has(global)) return new Set();
    seen.add(global);
    const initial = this.#program.globals[global]?.initial;
    const all = new Set<number>(initial ? [initial] : []);
    if (initial === undefined) return undefined;
    for (const { value } of this.#assigned.get(global) ?? []) {
      const objects = value.address?.offset === 0 ? this.#objects(value.address.base, seen) : undefined;
      if (!objects) return undefined;
      for (const object of objects) all.add(object);
    }
    return all;
  }

  /** What the SDK keeps in the table for itself is never handed to a program. */
  #ofType({ kind, index, site }: Use): number[] {
    const { functions, module } = this.#program;
    const wanted = kind === "call" ? module.types[index] : { params: [], results: [] };
    const isSdk = (fn: number) => functions[fn]?.name.includes(SDK) ?? false;
    return [...this.#referenced].filter((fn) => {
      const { type } = functions[fn] as WasmFunction;
      return (
        `${type.params}:${type.results}` === `${wanted?.params}:${wanted?.results}` &&
        (!isSdk(fn) || (kind === "call" && isSdk(site.fn)))
      );
    });
  }
}
