/** One access of a cell to emulated memory, taken from the syndrome of its data abort. */
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
