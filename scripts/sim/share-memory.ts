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
      const memory = first.space.memoryAt(from);
      if (!memory || from + (end - start) > memory.end) continue;
      const offset = from - memory.address;
      second.space.replace(start - other.physical + other.address, memory.bytes.subarray(offset, offset + end - start));
    }
  }
}
