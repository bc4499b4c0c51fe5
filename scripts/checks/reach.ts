/** What can be reached in the call graph, and by which chain of calls. */
import type { Edge } from "./graph.ts";
import { components } from "./order.ts";
import type { Frame, Places } from "./places.ts";

/** Breadth first: the shortest chain to each function. */
export class Reach {
  readonly #by = new Map<number, Edge | undefined>();

  /** `follow` says which calls count. */
  constructor(
    edges: readonly (readonly Edge[])[],
    from: Iterable<number>,
    follow: (edge: Edge) => boolean = () => true,
  ) {
    for (const fn of from) this.#by.set(fn, undefined);
    // Entries that are added meanwhile are visited too.
    for (const fn of this.#by.keys())
      for (const edge of edges[fn] ?? []) if (!this.#by.has(edge.to) && follow(edge)) this.#by.set(edge.to, edge);
  }

  has(fn: number): boolean {
    return this.#by.has(fn);
  }
  /** Functions, nearest first. */
  get all(): Iterable<number> {
    return this.#by.keys();
  }
  /** Calls from the root to the function. */
  chain(fn: number): Edge[] {
    const edges: Edge[] = [];
    for (let edge = this.#by.get(fn); edge !== undefined; edge = this.#by.get(edge.from)) edges.unshift(edge);
    return edges;
  }
}

/** Calls as frames, innermost first. */
export function framesOf(chain: readonly Edge[], places: Places): Frame[] {
  return chain.map(({ from, offset }) => places.frame(from, offset)).reverse();
}

/** Circles in a graph, each as the calls once around; a function that calls itself is one of one call. */
export function cycles(edges: readonly (readonly Edge[])[], follow: (edge: Edge) => boolean): Edge[][] {
  const followed = edges.map((list) => list.filter(follow));
  const groups = components(edges.length, (fn) => (followed[fn] ?? []).map(({ to }) => to));
  return groups.flatMap((group) => {
    const inside = new Set(group);
    const first = Math.min(...group);
    const within = followed.map((list, fn) => (inside.has(fn) ? list.filter(({ to }) => inside.has(to)) : []));
    const back = (edge: Edge) => edge.to === first;
    const self = within[first]?.find(back);
    if (self) return [[self]];
    if (group.length === 1) return [];
    const reach = new Reach(within, [first]);
    const last = group.flatMap((fn) => within[fn] ?? []).find(back) as Edge;
    return [[...reach.chain(last.from), last]];
  });
}
