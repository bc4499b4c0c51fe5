/**
 * Which code handles which interrupt. The table begins with the interrupts that any program may have; with the first
 * handler beyond them a larger one takes its place, so that looking up is one load whatever the number.
 *
 * Invariant: every entry is a code address. Interrupts without a handler have that of `unhandled`, so that the path has
 * no branch for them.
 */
import * as jh from "./jh";

/** GIC: from here on INTIDs say that nothing is pending (GICv3 spec, 2.2.1). */
const SPECIAL: u32 = 1020;

let table: usize = 0;
let count: u32 = 0;
let unhandled: u32 = 0;

/** Once, before any interrupt is enabled. The table is for interrupts 0 to `first` - 1. */
export function start(fallback: () => void, first: u32): void {
  unhandled = jh.resolve(fallback.index);
  extend(first);
}

/** `limit`: interrupts that the controller has, for the size of the larger table. */
export function set(id: u32, handler: () => void, limit: u32): void {
  if (id >= count) extend(limit);
  store<u32>(table + (id << 2), jh.resolve(handler.index));
}

/** For handlers too: takes another one for an interrupt that the table has room for. */
export function replace(id: u32, handler: () => void): void {
  if (id < count) store<u32>(table + (id << 2), jh.resolve(handler.index));
}

/** Takes a larger table. A dispatch in between finds the old count with it: right too. */
function extend(limit: u32): void {
  const larger = heap.alloc(limit << 2);
  for (let id: u32 = 0; id < limit; id++) {
    store<u32>(larger + (id << 2), id < count ? load<u32>(table + (id << 2)) : unhandled);
  }
  table = larger;
  jh.barrier();
  count = limit;
}

/**
 * Calls the handler of an acknowledged interrupt; false when there was none to acknowledge. The interrupt path: keep it
 * short.
 */
export function dispatch(id: u32): bool {
  jh.note(id);
  if (id >= count) return beyond(id);
  jh.invoke(load<u32>(table + (id << 2)));
  return true;
}

/** Of an interrupt behind the table, or of none. Apart, so that the path has no jump around it. */
function beyond(id: u32): bool {
  if (id >= SPECIAL) return false;
  jh.invoke(unhandled);
  return true;
}

/** The interrupt that this CPU is handling. */
export function current(): u32 {
  return <u32>jh.noted();
}
