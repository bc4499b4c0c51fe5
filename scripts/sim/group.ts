/** Simulators that go on together, so that what one does reaches the others in time: cells with an ivshmem link. */
import type { Simulator } from "./simulator.ts";

const NS_PER_MS = 1_000_000;
/** ns by which one may be ahead of another. */
const STEP = 50_000;

export class Group {
  readonly #members: readonly Simulator[];

  /** @throws UserError when two are the same peer of an ivshmem link. */
  constructor(members: readonly Simulator[]) {
    this.#members = members;
    const [first, ...others] = members;
    for (const other of others) first?.link(other);
  }

  /** All of them by this much virtual time. */
  advance(ms: number): void {
    const [first] = this.#members;
    if (!first) return;
    const end = Math.round(first.time + ms * NS_PER_MS);
    if (this.#members.length === 1) first.advanceTo(end);
    for (let time = first.time; time < end; time = first.time) {
      // Where nothing happens in between, no step is needed.
      const next = Math.min(...this.#members.map((each) => each.nextActivity));
      const until = Math.min(end, Math.max(time, next) + STEP);
      for (const each of this.#members) each.advanceTo(until);
    }
  }
}
