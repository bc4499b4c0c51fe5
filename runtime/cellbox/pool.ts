/** Physical memory for tables, comm regions and what the host hands over: taken once, never given back, zero at the start. */
const POOL_START: u64 = 0x40500000;
const POOL_END: u64 = 0x42000000;

let next: u64 = POOL_START;

/** Whole pages; 0 when there are no more. */
export function allocate(bytes: u64): u64 {
  const size = (bytes + 0xfff) & ~0xfff;
  if (size > POOL_END - next) return 0;
  const address = next;
  next += size;
  return address;
}

/** Pages in use, and of the whole pool: hypercall 5 tells them. */
export function pagesUsed(): u64 {
  return (next - POOL_START) >> 12;
}

export function pagesAll(): u64 {
  return (POOL_END - POOL_START) >> 12;
}
