/** What devices that access memory by themselves need to know. */
import { panic } from "./fault";
import * as jh from "./jh";

/**
 * Cell address of a byte of linear memory. Linear memory is contiguous for the device too. Panics when no RAM of the
 * cell lies behind the pointer.
 */
export function address(pointer: usize): u64 {
  const physical = jh.physical(<u32>pointer);
  if (physical == u64.MAX_VALUE) panic("dma.address: no RAM lies behind this pointer");
  return physical;
}
