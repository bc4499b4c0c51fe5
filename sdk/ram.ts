/**
 * RAM of the cell and shared memory outside of linear memory: cached, plain loads and stores, which the compiler may
 * move and join.
 */
import { panic } from "./fault";
import * as jh from "./jh";

/**
 * A piece of memory. Offsets are in bytes from its base and not checked against its size: what is not mapped fails the
 * cell.
 */
export class Window {
  /** `base`: where it is mapped, for the intrinsics. */
  constructor(
    readonly base: u64,
    readonly size: u64,
  ) {}

  load8(offset: u64): u32 {
    return jh.load8(this.base + offset);
  }
  load16(offset: u64): u32 {
    return jh.load16(this.base + offset);
  }
  load32(offset: u64): u32 {
    return jh.load32(this.base + offset);
  }
  load64(offset: u64): u64 {
    return jh.load64(this.base + offset);
  }
  loadF64(offset: u64): f64 {
    return jh.loadf64(this.base + offset);
  }
  store8(offset: u64, value: u32): void {
    jh.store8(this.base + offset, value);
  }
  store16(offset: u64, value: u32): void {
    jh.store16(this.base + offset, value);
  }
  store32(offset: u64, value: u32): void {
    jh.store32(this.base + offset, value);
  }
  store64(offset: u64, value: u64): void {
    jh.store64(this.base + offset, value);
  }
  storeF64(offset: u64, value: f64): void {
    jh.storef64(this.base + offset, value);
  }

  /** Sets `size` bytes to `value`. */
  fill(offset: u64, value: u32, size: u64): void {
    const start = this.base + offset;
    for (let i: u64 = 0; i < size; i++) jh.store8(start + i, value);
  }

  /**
   * Copies `size` bytes from another window (or this one: then the pieces must not overlap, or the target must lie
   * lower).
   */
  copy(offset: u64, from: Window, fromOffset: u64, size: u64): void {
    const to = this.base + offset;
    const source = from.base + fromOffset;
    for (let i: u64 = 0; i < size; i++) jh.store8(to + i, jh.load8(source + i));
  }

  /** Copies `size` bytes out of this window to `pointer` in linear memory. */
  read(offset: u64, pointer: usize, size: usize): void {
    const source = this.base + offset;
    for (let i: usize = 0; i < size; i++) store<u8>(pointer + i, <u8>jh.load8(source + i));
  }

  /** Copies `size` bytes from `pointer` in linear memory into this window. */
  write(offset: u64, pointer: usize, size: usize): void {
    const to = this.base + offset;
    for (let i: usize = 0; i < size; i++) jh.store8(to + i, load<u8>(pointer + i));
  }

  /** Writes what the caches hold back to memory, for a device or a CPU that reads past them. */
  clean(offset: u64, size: u64): void {
    jh.clean_cache(this.base + offset, size);
  }

  /** Drops what the caches hold, after a device has written past them. Writes back first: nothing is lost. */
  invalidate(offset: u64, size: u64): void {
    jh.invalidate_cache(this.base + offset, size);
  }
}

/**
 * Maps `size` bytes of memory from cell address `base`, in whole 4 KiB pages. Panics when there is no room in the
 * address space.
 */
export function map(base: u64, size: u64): Window {
  const address = jh.map_ram(base, size);
  if (address == 0) panic("ram.map: no room for more memory");
  return new Window(address, size);
}

/**
 * Takes `size` bytes of the heap, for as long as the program runs, and maps them as a window: big buffers, whose translations
 * cost few TLB entries. Plain loads and stores with pointers must not touch them. Panics when the cell's RAM is too small.
 */
export function take(size: u64): Window {
  const room = <u64>jh.memory_limit();
  if (size >= room) panic(`ram.take: ${size >> 10} KiB, and the cell has no more than ${room >> 10} KiB for data`);
  // Lines of their own.
  const pointer = (heap.alloc(<usize>size + LINE) + LINE - 1) & ~(LINE - 1);
  if (jh.physical(<u32>(pointer + <usize>size - 1)) == u64.MAX_VALUE)
    panic(`ram.take: ${size >> 10} KiB do not fit into what is left of the cell's RAM`);
  return map(jh.physical(<u32>pointer), size);
}

/** Of no CPU that Jailhouse runs on it is longer. */
const LINE: usize = 128;
