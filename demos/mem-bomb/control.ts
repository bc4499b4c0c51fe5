/**
 * The page by which root, or another cell, commands the bomb. The first three words are the stock bomb's:
 *
 *     0 command    bit 0 enable, 1 reads, 2 writes, 3 verbose; from bit 4 on the bomb's number
 *     4 size       bytes that a pass goes over
 *     8 budget     of MemGuard, in L2 refills a millisecond; 0: none
 *
 * What lies behind counts only with its mark, as a stock tool leaves there what was there:
 *
 *    12 mark       "MORE"
 *    16 stride     bytes from one access to the next; 0: a cache line of 64
 *    20 pattern    0 upwards, 1 downwards, 2 in an order that no prefetcher foresees
 *    24 passes     how many the order has had: the bomb counts them here
 */
import { args, console, hex, mmio, Registers } from "jh-inmate";

export const ENABLE: u32 = 1 << 0;
export const READS: u32 = 1 << 1;
export const WRITES: u32 = 1 << 2;
export const VERBOSE: u32 = 1 << 3;

const COMMAND: u32 = 0;
const SIZE: u32 = 4;
const BUDGET: u32 = 8;
const MARK: u32 = 12;
const STRIDE: u32 = 16;
const PATTERN: u32 = 20;
const PASSES: u32 = 24;

const MORE: u32 = 0x45524f4d;
const LINE: u32 = 64;

export const UPWARDS: u32 = 0;
export const DOWNWARDS: u32 = 1;
export const SCATTERED: u32 = 2;

/** What an order goes over, and how; and what it has come to. One object serves all orders. */
export class Shape {
  size: u64 = 0;
  stride: u64 = LINE;
  pattern: u32 = UPWARDS;
  passes: u64 = 0;
  time: u64 = 0;
  private page: Registers | null = null;

  constructor(private readonly start: Registers) {}

  /** Counts a pass that took so many ticks. */
  add(ticks: u64): void {
    this.passes++;
    this.time += ticks;
    const page = this.page;
    if (page != null) page.write32(PASSES, <u32>this.passes);
  }

  /** Ticks of the counter that a pass took. */
  get averageTime(): u64 {
    return this.passes == 0 ? 0 : this.time / this.passes;
  }

  /** Takes the order that is in the page now. More than the buffer has is cut off: the stock bomb would leave its memory. */
  read(limit: u64): void {
    const page = this.start;
    const more = page.read32(MARK) == MORE;
    const stride = more ? page.read32(STRIDE) : <u32>args.int("stride", LINE);
    this.page = more ? page : null;
    this.size = min<u64>(page.read32(SIZE), limit);
    this.stride = stride == 0 ? LINE : stride;
    this.pattern = more ? page.read32(PATTERN) : <u32>args.int("pattern", UPWARDS);
    this.passes = 0;
    this.time = 0;
  }
}

export class Control {
  private readonly page: Registers = mmio.map(args.int("control", 0x500000), 0x1000);
  private readonly order: Shape = new Shape(this.page);

  get command(): u32 {
    return this.page.read32(COMMAND);
  }
  get budget(): u32 {
    return this.page.read32(BUDGET);
  }

  shape(limit: u64): Shape {
    this.order.read(limit);
    return this.order;
  }

  /** Neither reads nor writes: said once, as the order is taken out. */
  refuse(id: u32): void {
    console.log(`[BOMB ${id}] Invalid command (0x${hex(this.command, 8)})`);
    this.page.clear(COMMAND, ENABLE);
  }
}
