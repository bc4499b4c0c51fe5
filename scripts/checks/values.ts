/**
 * What is known of a value without running the program: the address that it is (for pointers and function references), and on which variables it
 * depends (for conditions). Both are as seen from one function: parameters stand for what callers pass, and `Values.substitute` puts that in.
 */

/** Where a value comes from. */
export type Origin =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "parameter"; readonly index: number }
  | { readonly kind: "content"; readonly place: Place };

/** Something that can be read and written. */
export type Place =
  | { readonly kind: "variable"; readonly global: number }
  /** Offset undefined: anywhere behind the base, an element of an array. */
  | { readonly kind: "memory"; readonly base: Origin; readonly offset: number | undefined };

export interface Address {
  readonly base: Origin;
  readonly offset: number | undefined;
}

/**
 * Keys of what a value depends on: places, parameters (`p0`), and locals that a loop changes (`L0`). With each the keys of what it has been
 * compared or calculated with: a condition `tail != head` depends on head only together with tail.
 */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

export interface Value {
  readonly address: Address | undefined;
  readonly dependencies: Dependencies;
}

export const NO_DEPENDENCIES: Dependencies = new Map();
export const UNKNOWN: Value = { address: undefined, dependencies: NO_DEPENDENCIES };

/** Contents of contents of contents are followed, no further; nor are more dependencies than this kept. */
const DEEPEST = 3;
const MOST_DEPENDENCIES = 200;

export function keyOf(place: Place): string {
  return place.kind === "variable" ? `g${place.global}` : `(${originKey(place.base)}+${place.offset ?? "?"})`;
}

function originKey(origin: Origin): string {
  if (origin.kind === "constant") return `#${origin.value}`;
  return origin.kind === "parameter" ? `p${origin.index}` : keyOf(origin.place);
}

/** Whether a write of one may change what a read of the other gives. */
export function overlap(a: Place, b: Place): boolean {
  if (a.kind === "variable" || b.kind === "variable") return keyOf(a) === keyOf(b);
  if (originKey(a.base) !== originKey(b.base)) return false;
  return a.offset === undefined || b.offset === undefined || a.offset === b.offset;
}

export function constant(value: number): Value {
  return { address: { base: { kind: "constant", value: value >>> 0 }, offset: 0 }, dependencies: NO_DEPENDENCIES };
}
export function constantOf(value: Value): number | undefined {
  const { address } = value;
  return address?.base.kind === "constant" && address.offset !== undefined
    ? (address.base.value + address.offset) >>> 0
    : undefined;
}

export function union(...all: readonly Dependencies[]): Dependencies {
  const some = all.filter((d) => d.size > 0);
  if (some.length <= 1) return some[0] ?? NO_DEPENDENCIES;
  const result = new Map<string, ReadonlySet<string>>();
  for (const dependencies of some) {
    for (const [key, partners] of dependencies) {
      const known = result.get(key);
      if (!known && result.size >= MOST_DEPENDENCIES) continue;
      result.set(key, known && partners.size > 0 ? new Set([...known, ...partners]) : (known ?? partners));
    }
  }
  return result;
}

/** The result of an operation on two values: each depends on the other. */
export function paired(a: Dependencies, b: Dependencies): Dependencies {
  if (a.size === 0 || b.size === 0) return union(a, b);
  const with_ = (own: Dependencies, other: Dependencies) =>
    new Map([...own].map(([key, partners]) => [key, new Set([...partners, ...other.keys()])] as const));
  return union(with_(a, b), with_(b, a));
}

export function added(a: Value, b: Value, sign: 1 | -1): Value {
  const dependencies = paired(a.dependencies, b.dependencies);
  const [left, right] = [constantOf(a), constantOf(b)];
  if (left !== undefined && right !== undefined) return { ...constant(left + sign * right), dependencies };
  if (right !== undefined && a.address) {
    const { base, offset } = a.address;
    return { address: { base, offset: offset === undefined ? undefined : offset + sign * (right | 0) }, dependencies };
  }
  if (left !== undefined && b.address?.base.kind === "content" && sign === 1) {
    const { base, offset } = b.address;
    return { address: { base, offset: offset === undefined ? undefined : offset + (left | 0) }, dependencies };
  }
  return { address: a.address && sign === 1 ? { base: a.address.base, offset: undefined } : undefined, dependencies };
}

/** Knows the places that its keys stand for. */
export class Values {
  readonly #places = new Map<string, Place>();

  place(key: string): Place | undefined {
    return this.#places.get(key);
  }

  register(place: Place): string {
    const key = keyOf(place);
    if (!this.#places.has(key)) this.#places.set(key, place);
    return key;
  }

  /** The place behind a pointer, or undefined when nothing is known of it. */
  behind(pointer: Value, offset: number): Place | undefined {
    const { address } = pointer;
    if (!address) return undefined;
    const at = address.offset === undefined ? undefined : address.offset + offset;
    return { kind: "memory", base: address.base, offset: at };
  }

  contentOf(place: Place): Value {
    const dependencies = new Map([[this.register(place), new Set<string>()]]);
    const address = depth(place) > DEEPEST ? undefined : { base: { kind: "content", place } as const, offset: 0 };
    return { address, dependencies };
  }

  /** As a caller sees it that passes `args`; undefined when the caller knows nothing of them. */
  placeFor(place: Place, args: readonly Value[]): Place | undefined {
    if (place.kind === "variable") return place;
    const base = this.#origin(place.base, args);
    if (!base) return undefined;
    const offset = place.offset === undefined || base.offset === undefined ? undefined : place.offset + base.offset;
    const seen = { kind: "memory", base: base.base, offset } as const;
    return depth(seen) > DEEPEST ? undefined : seen;
  }

  valueFor(value: Value, args: readonly Value[]): Value {
    const base = value.address && this.#origin(value.address.base, args);
    const offset =
      base?.offset === undefined || value.address?.offset === undefined
        ? undefined
        : base.offset + value.address.offset;
    return {
      address: base && { base: base.base, offset },
      dependencies: this.dependenciesFor(value.dependencies, args),
    };
  }

  dependenciesFor(dependencies: Dependencies, args: readonly Value[]): Dependencies {
    const result = new Map<string, Set<string>>();
    for (const [key, partners] of dependencies) {
      const others = [...partners].flatMap((partner) => this.#keysFor(partner, args));
      for (const seen of this.#keysFor(key, args)) result.set(seen, new Set([...(result.get(seen) ?? []), ...others]));
    }
    return result;
  }

  #keysFor(key: string, args: readonly Value[]): string[] {
    if (key.startsWith("L")) return [];
    if (key.startsWith("p")) return [...(args[Number(key.slice(1))]?.dependencies.keys() ?? [])];
    const place = this.#places.get(key);
    const seen = place && this.placeFor(place, args);
    return seen ? [this.register(seen)] : [];
  }

  #origin(origin: Origin, args: readonly Value[]): Address | undefined {
    if (origin.kind === "constant") return { base: origin, offset: 0 };
    if (origin.kind === "parameter") return args[origin.index]?.address;
    const place = this.placeFor(origin.place, args);
    return place && { base: { kind: "content", place }, offset: 0 };
  }
}

function depth(place: Place): number {
  if (place.kind === "variable") return 0;
  return 1 + (place.base.kind === "content" ? depth(place.base.place) : 0);
}

/** Whether it is the same for every caller. */
export function isFixed(place: Place): boolean {
  return place.kind === "variable" || isFixedOrigin(place.base);
}
export function isFixedOrigin(origin: Origin): boolean {
  if (origin.kind === "content") return isFixed(origin.place);
  return origin.kind === "constant";
}
