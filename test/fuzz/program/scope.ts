/** What the generated code may name at a place. */
import type { Random } from "../random.ts";
import type { Type } from "./types.ts";

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** A loop's counter may be read only. */
  readonly isFixed?: boolean;
}
export interface Fn {
  readonly name: string;
  readonly params: readonly Type[];
  readonly result: Type;
}
/** An array of 2 to the power of `bits` elements. */
export interface List {
  readonly name: string;
  readonly type: Type;
  readonly bits: number;
}
/** All that the functions of a program share. */
export interface World {
  readonly random: Random;
  readonly globals: readonly Variable[];
  readonly lists: readonly List[];
  /** Those that may be called: they were made before, so that nothing calls itself without an end. */
  readonly functions: readonly Fn[];
  /** The library's functions are much code. */
  readonly hasMath: boolean;
}
export interface Scope extends World {
  readonly variables: readonly Variable[];
}

/** A variable or global of the type, if there is one. */
export function variableOf({ random, variables, globals }: Scope, type: Type, toChange: boolean): string | undefined {
  const fit = [...variables, ...variables, ...globals].filter((v) => v.type === type && !(toChange && v.isFixed));
  return fit.length === 0 ? undefined : random.pick(fit).name;
}
