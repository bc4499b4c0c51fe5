/** Configuration space as cells see it (jailhouse-abi 4.4): functions that are not theirs read as ones, and writing to them is refused. */
import { PcCell } from "./cells.ts";

/** What an absent function gives, 32 bits. */
export const NOTHING: u32 = 0xffffffff;

export function read(_cell: PcCell, _bdf: u32, _offset: u32, size: u32): u32 {
  return NOTHING >> (32 - 8 * size);
}

/** false: the cell may not do it. */
export function write(_cell: PcCell, _bdf: u32, _offset: u32, _size: u32, _value: u32): bool {
  return false;
}
