/** Memory that two cells of a board both have because root has it, too: the page that root commands a cell by, for one. */
import type { Machine } from "./machine.ts";

/** What the second cell had there is gone. */
export function shareMemory(first: Machine, second: Machine): void {
  for (const one of first.space.shared) {
    for (const other of second.space.shared) {
      const start = Math.max(one.physical, other.physical);
      const end = Math.min(one.physical + one.size, other.physical + other.size);
      if (start >= end) continue;
      const from = start - one.physical + one.address;
      const to = start - other.physical + other.address;
      const size = end - start;
      const memory = first.space.memoryAt(from);
      if (!memory || from + size > memory.end || to + size > (second.space.memoryAt(to)?.end ?? 0)) continue;
      const offset = from - memory.address;
      second.space.replace(to, memory.bytes.subarray(offset, offset + size));
    }
  }
}
