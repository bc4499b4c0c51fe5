/**
 * The AXI Performance Monitor at the six ports of ZynqMP's DDR controller (UG1087, module APM_DDR; UG1085, chapter "Interconnect", section on the
 * AXI performance monitors). Registers: PG037, chapter "Product Specification", section "Register Space"; the block has ten metric
 * counters, sampled ones to them, six slots, and no scaling.
 *
 * Slots are the controller's ports: 0 the RPU and the low power domain, 1 and 2 the CCI with the APU, 3 DisplayPort and HP0, 4 HP1 and HP2, 5 HP3
 * and the DMA (UG1085, chapter "DDR Memory Controller", block diagram).
 *
 * The header's axi_value is a mask of slots (0: 1 and 2), its axi_mask 1 asks for bytes and transactions, else the control's bit says
 * which. Five slots can be seen with two counts, two slots with four; those that find no counter are left out, the highest first.
 *
 * A sample has 64 bytes, sixteen u32: number, CPU cycles, DDR port cycles, counters in use n; n counts, then zeros. The
 * counts of a slot are reads, writes, or read bytes, write bytes, or first the bytes and then the transactions.
 */
import { args, mmio, Registers, Window } from "jh-inmate";
import { Header } from "./header";
import { Monitor } from "./monitor";

/** Lower half of the global clock counter. */
const GLOBAL_CLOCK: u32 = 0x04;
const SAMPLE_CONTROL: u32 = 0x28;
/** Reading it copies all counters to the sampled ones at once. */
const SAMPLE: u32 = 0x2c;
/** Four counters a register, 8 bits each: slot in 7:5, metric in 4:0. */
const METRIC_SELECTOR: u32 = 0x44;
/** 16 bytes from one to the next. */
const SAMPLED_COUNTER: u32 = 0x200;
const CONTROL: u32 = 0x300;
const ENABLE: u32 = (1 << 0) | (1 << 16);
const RESET: u32 = (1 << 1) | (1 << 17);

/** Metrics (PG037, table of metric selectors). */
const WRITES: u32 = 0;
const READS: u32 = 1;
const WRITTEN_BYTES: u32 = 2;
const READ_BYTES: u32 = 3;

const SLOTS: u32 = 6;
const CPU_SLOTS: u32 = (1 << 1) | (1 << 2);
const COUNTERS: u32 = 10;
const BOTH: u32 = 1;

export class Apm extends Monitor {
  private readonly registers: Registers = mmio.map(args.int("apm", 0xfd0b0000), 0x1000);
  private used: u32 = 0;

  get name(): string {
    return "APM";
  }
  get sampleSize(): u64 {
    return 64;
  }

  begin(header: Header): void {
    this.registers.write32(CONTROL, RESET);
    this.select(header);
    // Reading a sample leaves the counters as they are.
    this.registers.write32(SAMPLE_CONTROL, 0);
    this.registers.write32(CONTROL, ENABLE);
  }

  sample(log: Window, at: u64, number: u32, cycles: u32): void {
    const registers = this.registers;
    registers.read32(SAMPLE);
    log.store32(at, number);
    log.store32(at + 4, cycles);
    log.store32(at + 8, registers.read32(GLOBAL_CLOCK));
    log.store32(at + 12, this.used);
    for (let n: u32 = 0; n < 12; n++)
      log.store32(at + 16 + 4 * n, n < this.used ? registers.read32(SAMPLED_COUNTER + 16 * n) : 0);
  }

  end(): void {
    this.registers.write32(CONTROL, 0);
  }

  private select(header: Header): void {
    const slots = header.axiValue == 0 ? CPU_SLOTS : header.axiValue;
    const both = header.axiMask == BOTH;
    const each: u32 = both ? 4 : 2;
    this.used = 0;
    for (let n: u32 = 0; n < 3; n++) this.registers.write32(METRIC_SELECTOR + 4 * n, 0);
    for (let slot: u32 = 0; slot < SLOTS; slot++) {
      if (((slots >> slot) & 1) == 0 || this.used + each > COUNTERS) continue;
      if (both || header.bytes) {
        this.count(slot, READ_BYTES);
        this.count(slot, WRITTEN_BYTES);
      }
      if (both || !header.bytes) {
        this.count(slot, READS);
        this.count(slot, WRITES);
      }
    }
  }

  private count(slot: u32, metric: u32): void {
    const counter = this.used++;
    this.registers.set(METRIC_SELECTOR + (counter & ~3), ((slot << 5) | metric) << ((counter & 3) * 8));
  }
}
