/** The checks of a program before it becomes machine code. Pure: text and bytes in, findings out. */
import { UserError } from "../errors.ts";
import type { SourceMap } from "../pipeline/wasm/markers.ts";
import { parseModule } from "../pipeline/wasm/module.ts";
import { collectionPlace, endlessAllocation, handlerAllocation } from "./allocation.ts";
import { Allowances, type Allowed } from "./allow.ts";
import type { Context, Finding, Runtime } from "./context.ts";
import { analyse } from "./graph.ts";
import { Places, spell } from "./places.ts";
import { readProgram } from "./program.ts";
import { recursion } from "./recursion.ts";
import type { RootKind } from "./references.ts";
import { waits } from "./wait.ts";

export interface CheckInput {
  /** As asc makes it at -O0: names and calls are whole. */
  readonly wasm: Uint8Array;
  /** Of AssemblyScript; undefined for a module of another compiler. */
  readonly map: SourceMap | undefined;
  /** What errors call the module. */
  readonly what: string;
  readonly runtime: Runtime;
}
/** What the build goes on with; plain data. */
export interface Checked {
  readonly warnings: readonly Message[];
  readonly notes: readonly Message[];
  readonly allowed: readonly Allowed[];
  readonly roots: readonly CheckedRoot[];
  /** By name of the function that calls: whom its indirect calls may reach. */
  readonly indirect: Readonly<Record<string, IndirectTargets>>;
}
export interface IndirectTargets {
  /** Wasm names. */
  readonly names: readonly string[];
  /** False: whatever has the type. */
  readonly known: boolean;
}
export interface Message {
  readonly message: string;
  readonly detail: readonly string[];
}
export interface CheckedRoot {
  readonly kind: RootKind;
  /** Wasm name. */
  readonly name: string;
  /** Where it became one, "main.ts:14:1". */
  readonly at: string | undefined;
}

const CHECKS = [handlerAllocation, collectionPlace, waits, recursion, endlessAllocation];

/** Calls whatever `jh.resolve` has checked. */
const INVOKE = "jh.invoke";

/** @throws UserError with the first error, the further ones below it. */
export function check(input: CheckInput): Checked {
  const context = contextOf(input);
  const { analysis, allowances } = context;
  const { program } = analysis;
  // Names and positions of another compiler's module say nothing that its author could use.
  const findings = input.map ? findingsIn(context) : [];
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) refuse(errors);
  return {
    warnings: messages(findings, "warning"),
    notes: messages(findings, "note"),
    allowed: allowances.list,
    roots: analysis.references.roots.map(({ kind, fn, site }) => {
      const position = site && context.places.at(site.fn, site.offset);
      return { kind, name: program.functions[fn]?.name ?? "", at: position && spell(position) };
    }),
    indirect: indirectTargets(context),
  };
}

/** @throws UserError if the sources make exceptions that are none. */
export function contextOf({ wasm, map, what, runtime }: CheckInput): Context {
  const program = readProgram(parseModule(wasm, what), map);
  return { analysis: analyse(program), places: new Places(program), allowances: new Allowances(map), runtime };
}

/** Everything that the checks have to say. */
export function findingsIn(context: Context): Finding[] {
  return CHECKS.flatMap((one) => one(context));
}

const MOST_ERRORS = 5;

function refuse(errors: readonly Finding[]): never {
  const [first, ...rest] = errors as [Finding, ...Finding[]];
  const more = rest.slice(0, MOST_ERRORS - 1).flatMap(({ message, detail }) => [message, ...detail]);
  if (errors.length > MOST_ERRORS) more.push(`and ${errors.length - MOST_ERRORS} more errors`);
  throw new UserError(first.message, [...first.detail, ...more].join("\n"));
}

function messages(findings: readonly Finding[], wanted: Finding["severity"]): Message[] {
  return findings.filter(({ severity }) => severity === wanted).map(({ message, detail }) => ({ message, detail }));
}

function indirectTargets({ analysis }: Context): Record<string, IndirectTargets> {
  const { program, references, traces, edges } = analysis;
  const name = (fn: number) => program.functions[fn]?.name ?? "";
  const handlers = references.roots.filter(({ kind }) => kind === "handler").map(({ fn }) => name(fn));
  const entries = traces.flatMap(({ indirectCalls }, fn): [string, IndirectTargets][] => {
    const at = new Set(indirectCalls.map(({ offset }) => offset));
    const all = edges[fn] ?? [];
    const targets = all.filter(({ offset }) => at.has(offset));
    const invokes = all.some(({ to }) => name(to) === INVOKE);
    const names = [...new Set([...targets.map(({ to }) => name(to)), ...(invokes ? handlers : [])])].sort();
    return at.size > 0 || invokes ? [[name(fn), { names, known: targets.every(({ certain }) => certain) }]] : [];
  });
  return Object.fromEntries(entries);
}
