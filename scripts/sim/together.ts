/** Cells that go on together, so that what one does reaches the others soon. */
import type { Engine } from "./engine.ts";

/** ns by which one may be ahead of another, where they do not compete for memory. */
const STEP = 50_000;

/** All of them up to this time. `competes`: whether they are to go on in the order of their times, one access after the other. */
export function advanceTogether(engines: readonly Engine[], end: number, competes: (time: number) => boolean): void {
  const [first, ...others] = engines;
  if (!first) return;
  if (others.length === 0) first.advance(end);
  for (let time = first.clock.now; time < end; time = first.clock.now) {
    // Where nothing happens in between, no step is needed.
    const next = Math.min(...engines.map(({ nextActivity }) => nextActivity));
    const until = Math.min(end, Math.max(time, next) + STEP);
    if (competes(next)) advanceInOrder(engines, until);
    for (const engine of engines) engine.advance(until);
  }
}

/** Always the one that is behind the others, as far as the next. */
function advanceInOrder(engines: readonly Engine[], end: number): void {
  for (;;) {
    let first = engines[0] as Engine;
    let [least, second] = [Number.POSITIVE_INFINITY, end];
    for (const engine of engines) {
      const next = engine.nextActivity;
      if (next < least) {
        second = Math.min(end, least);
        least = next;
        first = engine;
      } else if (next < second) second = next;
    }
    if (least >= end) return;
    first.advance(Math.max(second, least + 1));
  }
}
