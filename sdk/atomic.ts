/**
 * Atomic accesses to linear memory: each is done as a whole, whatever other CPUs and handlers do, and all CPUs see them
 * in one order. Whoever sees a value stored here also sees what was stored before it.
 */
import * as jh from "./jh";

/** A number that CPUs and handlers share; make it at top level. `T` is an integer type of 4 or 8 bytes. */
export class Atomic<T> {
  private word: T;

  constructor(value: T) {
    this.word = value;
  }

  load(): T {
    return load<T>(changetype<usize>(this));
  }
  store(value: T): void {
    store<T>(changetype<usize>(this), value);
  }
  /** Adds, and gives what was there before. */
  add(value: T): T {
    return add<T>(changetype<usize>(this), value);
  }
  /** Stores, and gives what was there before. */
  exchange(value: T): T {
    return exchange<T>(changetype<usize>(this), value);
  }
  /** Stores if `expected` is there. Gives what was there before: it is `expected` if and only if `value` was stored. */
  compareExchange(expected: T, value: T): T {
    return compareExchange<T>(changetype<usize>(this), expected, value);
  }
}

/** The same on memory of the program's own. A pointer that is no multiple of the size fails the cell. */
export function load<T>(pointer: usize): T {
  return sizeof<T>() == 8 ? <T>jh.atomic_load64(<u32>pointer) : <T>jh.atomic_load32(<u32>pointer);
}
export function store<T>(pointer: usize, value: T): void {
  if (sizeof<T>() == 8) jh.atomic_store64(<u32>pointer, <u64>value);
  else jh.atomic_store32(<u32>pointer, <u32>value);
}
/** Gives what was there before. */
export function add<T>(pointer: usize, value: T): T {
  return sizeof<T>() == 8 ? <T>jh.atomic_add64(<u32>pointer, <u64>value) : <T>jh.atomic_add32(<u32>pointer, <u32>value);
}
/** Gives what was there before. */
export function exchange<T>(pointer: usize, value: T): T {
  return sizeof<T>() == 8
    ? <T>jh.atomic_swap64(<u32>pointer, <u64>value)
    : <T>jh.atomic_swap32(<u32>pointer, <u32>value);
}
/** Gives what was there before. */
export function compareExchange<T>(pointer: usize, expected: T, value: T): T {
  return sizeof<T>() == 8
    ? <T>jh.atomic_compare_swap64(<u32>pointer, <u64>expected, <u64>value)
    : <T>jh.atomic_compare_swap32(<u32>pointer, <u32>expected, <u32>value);
}
