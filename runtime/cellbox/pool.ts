/** Physical memory for tables, comm regions and what the host hands over: taken once, never given back, zero at the start. */
let first: u64 = 0;
let next: u64 = 0;
let end: u64 = 0;

/** Before anything else. */
export function open(start: u64, limit: u64): void {
  first = start;
  next = start;
  end = limit;
}

/** Whole pages; 0 when there are no more. */
export function allocate(bytes: u64): u64 {
  return allocateAt(bytes, 0x1000);
}

/** At a multiple of a power of two. */
export function allocateAt(bytes: u64, alignment: u64): u64 {
  const address = (next + alignment - 1) & ~(alignment - 1);
  const size = (bytes + 0xfff) & ~0xfff;
  if (address > end || size > end - address) return 0;
  next = address + size;
  return address;
}

/** Pages in use, and of the whole pool: hypercall 5 tells them. */
export function pagesUsed(): u64 {
  return (next - first) >> 12;
}

export function pagesAll(): u64 {
  return (end - first) >> 12;
}
