/** Cache lines of linear memory. For memory outside of it see `Window` of `ram`. */

import * as jh from "../jh";
import * as cpuid from "./cpuid";

/** Bytes that CLFLUSH flushes at once. */
export function lineSize(): u32 {
  return ((cpuid.ebx(1) >> 8) & 0xff) * 8;
}

/** Flushes the line of the byte at `pointer` from all caches, and waits for it: what follows starts when it is out. */
export function flush(pointer: usize): void {
  jh.flush_line(<u32>pointer);
  jh.barrier();
  jh.barrier_load();
}
