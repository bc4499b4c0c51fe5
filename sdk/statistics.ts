/** Figures about a measured quantity, for handlers: adding a value allocates nothing and takes bounded time. */
export class Statistics {
  /** Number of values. */
  count: u64 = 0;
  /** The least value and the greatest; without values every value would be less, and greater. */
  min: i64 = i64.MAX_VALUE;
  max: i64 = i64.MIN_VALUE;
  /** Wraps around beyond 63 bits. */
  sum: i64 = 0;
  private counts: usize;

  /**
   * With `buckets` there is a histogram too: bucket i counts the values from `low + i * width` up to the next bucket;
   * the first and the last take what lies below and above. Allocates 4 bytes a bucket.
   */
  constructor(
    readonly buckets: u32 = 0,
    readonly width: u32 = 1,
    readonly low: i64 = 0,
  ) {
    this.counts = heap.alloc(buckets * sizeof<u32>());
    memory.fill(this.counts, 0, buckets * sizeof<u32>());
  }

  add(value: i64): void {
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.count++;
    this.sum += value;
    if (this.buckets != 0) this.addToHistogram(value);
  }

  /** Rounded towards zero; 0 without values. */
  get mean(): i64 {
    return this.count == 0 ? 0 : this.sum / <i64>this.count;
  }

  /** Values counted in bucket `index`; 0 for a bucket that does not exist. */
  bucket(index: u32): u32 {
    return index < this.buckets ? load<u32>(this.counts + (index << 2)) : 0;
  }

  private addToHistogram(value: i64): void {
    const above = value < this.low ? 0 : <u64>(value - this.low) / this.width;
    const slot = this.counts + ((<usize>min<u64>(above, this.buckets - 1)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
}
