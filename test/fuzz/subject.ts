/** What is compared: a module whose exports take and give integers of 64 bits only, and the calls of them. */
import type { SourceMap } from "../../scripts/pipeline/wasm/markers.ts";

export interface Entry {
  /** Of the export. */
  readonly name: string;
  /** How many i64 it takes; it gives one. */
  readonly arity: number;
}
export interface Call {
  /** Index into the entries. */
  readonly entry: number;
  readonly args: readonly bigint[];
}
/** A module without imports, and with MEMORY_PAGES of memory that cannot grow. */
export interface Subject {
  readonly name: string;
  readonly wasm: Uint8Array;
  /** Of modules that asc has made. */
  readonly map: SourceMap | undefined;
  readonly entries: readonly Entry[];
  readonly calls: readonly Call[];
  /** "all" of Wasm 2.0 without SIMD, or what wasm3 has of it: no references, no instructions about segments. */
  readonly features: "common" | "all";
  /** In AssemblyScript, if it is a program. */
  readonly source?: string;
}

export const MEMORY_PAGES = 1;

/** Of a call: what it gave as 16 hexadecimal digits, or the kind of its trap. */
export type Outcome = string;
export const TRAPS = ["unreachable", "divide", "integer", "memory", "table", "stack", "other"] as const;
export type Trap = (typeof TRAPS)[number];

export const hex64 = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, "0");
export const trapped = (trap: Trap): Outcome => `trap: ${trap}`;
export const isTrap = (outcome: Outcome): boolean => outcome.startsWith("trap: ");

/**
 * In the place of a trap for the stack and of all that comes after it, where an engine has less stack than V8: how deep calls may go is an engine's own
 * affair (Core Specification 2.0, Appendix, Implementation Limitations).
 */
export const TOO_DEEP: Outcome = "too deep";

export interface Engine {
  readonly name: string;
  readonly features: Subject["features"];
  /** Outcomes of the start and then of all calls, by subject. */
  run(subjects: readonly Subject[]): Promise<Outcome[][]>;
}
