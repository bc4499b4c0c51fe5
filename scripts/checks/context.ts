/** What every check works with. */
import type { Allowance, Allowances } from "./allow.ts";
import type { Analysis, Edge } from "./graph.ts";
import { type Frame, type Places, spell } from "./places.ts";
import { Reach } from "./reach.ts";
import type { Root, RootKind } from "./references.ts";

export type Runtime = "stub" | "minimal";

export interface Context {
  readonly analysis: Analysis;
  readonly places: Places;
  readonly allowances: Allowances;
  readonly runtime: Runtime;
}
export interface Finding {
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  /** The call chain, a line each. */
  readonly detail: readonly string[];
}

/** Calls, but those on lines that make an exception from the check. */
export function unless({ places, allowances }: Context, what: Allowance): (edge: Edge) => boolean {
  return ({ from, offset }) => !allowances.has(what, places.at(from, offset));
}

/** What the program's top-level code, and what the outside calls, can reach; what handlers run apart. */
export function mainReach({ analysis }: Context, follow?: (edge: Edge) => boolean): Reach {
  return new Reach(analysis.edges, analysis.program.entries, follow);
}

export const WHO: Readonly<Record<RootKind, string>> = {
  vector: "an interrupt handler",
  handler: "an interrupt handler",
  cpu: "a further CPU",
};

/** The outermost line of a chain: where the root became one. */
export function rootFrame({ places }: Context, { kind, fn, site }: Root): Frame[] {
  if (!site) return [];
  const { name, position } = places.frame(site.fn, site.offset);
  return [
    {
      name: `${name}, where ${places.functionName(fn)} is ${kind === "cpu" ? "started" : "made an interrupt handler"}`,
      position,
    },
  ];
}

/** "the handler at main.ts:4", by the line that makes it one. */
export function rootName({ places }: Context, { kind, fn, site }: Root): string {
  const position = site && places.at(site.fn, site.offset);
  const what = kind === "cpu" ? "the CPU started" : "the handler";
  return position ? `${what} at ${spell(position, false)}` : `${what} ${places.functionName(fn)}`;
}
