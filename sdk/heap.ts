/**
 * The heap of the runtime "minimal": all RAM of the cell that the program does not take. The compiler transform lets
 * AssemblyScript's allocator, which expects whole pages of 64 KiB and more of them on demand, ask here.
 */
import { OUT_OF_MEMORY } from "./fault-kinds";
import * as jh from "./jh";

/** First pointer behind the heap. Makes the last page, of which only a part may be there, a part of the memory. */
export function limit(): u32 {
  const end = jh.memory_limit();
  const missing = <i32>((end + 0xffff) >>> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
  return end;
}

/** There is no room for what is to be allocated. */
export function isFull(): void {
  jh.trap(OUT_OF_MEMORY);
}
