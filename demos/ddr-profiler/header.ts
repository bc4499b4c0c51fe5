/**
 * The memory that profiler and root share: a header, and behind it the samples. Little endian; the stock profiler's:
 *
 *     0 control    u64; bit 0 enabled, 1 autostop, 2 controller, 3 bytes instead of transactions, 35:4 interval in CPU cycles,
 *                  63:56 the signature 0xe7
 *     8 count      u64; samples taken
 *    16 maxcount   u32; of them a run has at most
 *    20 axi_value  u16, 22 axi_mask u16: what the monitor is to see
 *    24 samples
 */
import { args, mmio, Registers, ram, Window } from "jh-inmate";

const CONTROL: u32 = 0;
const COUNT: u32 = 8;
const MAX_COUNT: u32 = 16;
const AXI_VALUE: u32 = 20;
const AXI_MASK: u32 = 22;
const SIZE: u64 = 24;

const ENABLED: u64 = 1 << 0;
const AUTOSTOP: u64 = 1 << 1;
const SECOND_CONTROLLER: u64 = 1 << 2;
const BYTES: u64 = 1 << 3;
const SIGNATURE: u64 = (<u64>0xe7) << 56;

export class Header {
  /** Cell address, where the fork's cells have it, and bytes: s32v234sbc-prof's 960 MiB fit. */
  readonly address: u64 = args.int("log", 0x50000000);
  private readonly size: u64 = args.int("log-size", 0x3c000000);
  private readonly page: Registers = mmio.map(this.address, SIZE);
  private readonly memory: Window = ram.map(this.address, this.size);
  /** Where the samples are. */
  readonly log: Window = new Window(this.memory.base + SIZE, this.size - SIZE);

  room(sampleSize: u64): u64 {
    return this.log.size / sampleSize;
  }

  /** What the memory held before; root waits for the signature, which comes last. */
  clear(): void {
    this.page.write64(CONTROL, 0);
    this.page.write16(AXI_VALUE, 0);
    this.page.write16(AXI_MASK, 0);
    this.page.write64(COUNT, 0);
  }

  /** Root looks for it before it gives an order, and its order takes it away. */
  sign(): void {
    this.control |= SIGNATURE;
  }
  disable(): void {
    this.control &= ~ENABLED;
  }

  get isEnabled(): bool {
    return (this.control & ENABLED) != 0;
  }
  get stopsItself(): bool {
    return (this.control & AUTOSTOP) != 0;
  }
  get second(): bool {
    return (this.control & SECOND_CONTROLLER) != 0;
  }
  get bytes(): bool {
    return (this.control & BYTES) != 0;
  }
  get interval(): u64 {
    return <u32>(this.control >> 4);
  }
  get maxCount(): u64 {
    return this.page.read32(MAX_COUNT);
  }
  get axiValue(): u32 {
    return this.page.read16(AXI_VALUE) & 0xffff;
  }
  get axiMask(): u32 {
    return this.page.read16(AXI_MASK) & 0xffff;
  }
  set count(samples: u64) {
    this.page.write64(COUNT, samples);
  }

  private get control(): u64 {
    return this.page.read64(CONTROL);
  }
  private set control(value: u64) {
    this.page.write64(CONTROL, value);
  }
}
