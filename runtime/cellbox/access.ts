/** One access of a cell to emulated memory, as the trap or the instruction describes it. */
export class Access {
  /** Cell address. */
  address: u64 = 0;
  /** Bytes: 1, 2, 4 or 8. */
  size: u32 = 0;
  write: bool = false;
  /** What is written, or what a read gives. */
  value: u64 = 0;

  isAligned(): bool {
    return (this.address & (this.size - 1)) == 0;
  }
}

/** The low `size` bytes of a value. */
export function truncate(value: u64, size: u32): u64 {
  return size == 8 ? value : value & (((<u64>1) << (8 * size)) - 1);
}
