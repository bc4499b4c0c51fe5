/** Which loop stands in which. */
import type { Trace } from "./trace.ts";

/** Whether something whose innermost loop is `inner` stands in loop `outer` of the same function. */
export function insideLoop(trace: Trace | undefined, inner: number | undefined, outer: number): boolean {
  for (let loop = inner; loop !== undefined; loop = trace?.loops[loop]?.parent) if (loop === outer) return true;
  return false;
}
