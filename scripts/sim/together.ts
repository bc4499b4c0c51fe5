/** Cells that go on together, so that what one does reaches the others soon. */
import type { Engine } from "./engine.ts";

/** ns by which one may be ahead of another. */
const STEP = 50_000;

/** All of them up to this time. */
export function advanceTogether(engines: readonly Engine[], end: number): void {
  const [first, ...others] = engines;
  if (!first) return;
  if (others.length === 0) first.advance(end);
  for (let time = first.clock.now; time < end; time = first.clock.now) {
    // Where nothing happens in between, no step is needed.
    const next = Math.min(...engines.map(({ nextActivity }) => nextActivity));
    const until = Math.min(end, Math.max(time, next) + STEP);
    for (const engine of engines) engine.advance(until);
  }
}
