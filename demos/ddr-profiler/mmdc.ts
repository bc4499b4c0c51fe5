/**
 * The MMDC of the S32V234, of which there are two (S32V234 Reference Manual, Multi Mode DDR Controller, profiling registers MMDC_MADPCR0 to
 * MADPSR5; the same block is in the i.MX6: i.MX 6Dual/6Quad Reference Manual, 44.12.63 to 44.12.70).
 *
 * A sample has 24 bytes, six u32: number, CPU cycles, DRAM cycles, busy ones of them, reads, writes.
 */
import { args, mmio, Registers, Window } from "jh-inmate";
import { Header } from "./header";
import { Monitor } from "./monitor";

const MADPCR0: u32 = 0x410;
const ENABLE: u32 = 1 << 0;
const RESET: u32 = 1 << 1;
const CLEAR_OVERFLOW: u32 = 1 << 3;
/** Transactions with these AXI IDs: mask << 16 | ID. */
const MADPCR1: u32 = 0x414;
const TOTAL_CYCLES: u32 = 0x418;
const BUSY_CYCLES: u32 = 0x41c;
const READ_ACCESSES: u32 = 0x420;
const WRITE_ACCESSES: u32 = 0x424;
const READ_BYTES: u32 = 0x428;
const WRITE_BYTES: u32 = 0x42c;

export class Mmdc extends Monitor {
  private readonly first: Registers = mmio.map(args.int("mmdc0", 0x40036000), 0x1000);
  private readonly second: Registers = mmio.map(args.int("mmdc1", 0x400a2000), 0x1000);
  private registers: Registers = this.first;
  private reads: u32 = READ_ACCESSES;
  private writes: u32 = WRITE_ACCESSES;

  get name(): string {
    return "MMDC";
  }
  get sampleSize(): u64 {
    return 24;
  }

  begin(header: Header): void {
    this.registers = header.second ? this.second : this.first;
    this.reads = header.bytes ? READ_BYTES : READ_ACCESSES;
    this.writes = header.bytes ? WRITE_BYTES : WRITE_ACCESSES;
    this.registers.write32(MADPCR1, (header.axiMask << 16) | header.axiValue);
    this.registers.write32(MADPCR0, CLEAR_OVERFLOW | RESET);
    this.registers.write32(MADPCR0, ENABLE);
  }

  sample(log: Window, at: u64, number: u32, cycles: u32): void {
    const registers = this.registers;
    log.store32(at, number);
    log.store32(at + 4, cycles);
    log.store32(at + 8, registers.read32(TOTAL_CYCLES));
    log.store32(at + 12, registers.read32(BUSY_CYCLES));
    log.store32(at + 16, registers.read32(this.reads));
    log.store32(at + 20, registers.read32(this.writes));
  }

  end(): void {
    this.registers.write32(MADPCR0, 0);
  }
}
