/** Plain memory by its physical address. */
import * as jh from "./jh.ts";

export function setBytes(at: u64, value: u32, length: u64): void {
  for (let i: u64 = 0; i < length; i++) jh.store8(at + i, value);
}
