/**
 * Something that uses the memory. QEMU counts no refills: there each pass counts its lines itself, as SW_INCR events, but for a MemGuard that
 * the emulated hypervisor has, which counts cycles.
 */
import { args, memguard, pmu, ram, timer } from "jh-inmate";
import { events } from "jh-inmate/arm64";
import * as jh from "jh-inmate/jh";

const LINE: u64 = 64;
/** SW_INCR reaches all counters that are set to it; only MemGuard's is. */
const ALL_COUNTERS: u32 = 0x7fffffff;

export class Workload {
  /** What a line from memory counts as. */
  readonly event: u32 = pmu.has(events.L2D_CACHE_REFILL) ? events.L2D_CACHE_REFILL : events.SW_INCR;
  private readonly buffer: ram.Window = ram.take(args.int("size", 2 << 20));
  private readonly countsItself: bool = this.event == events.SW_INCR && !memguard.isHypervisors();
  private sum: u64 = 0;

  /** How often it goes over its memory in so many nanoseconds; begun passes do not count. */
  passesIn(ns: u64): u32 {
    const end = timer.after(ns);
    let passes: u32 = 0;
    while (this.passesBy(end)) passes++;
    return passes;
  }

  /** False when the time was over before. */
  private passesBy(end: u64): bool {
    for (let at: u64 = 0; at < this.buffer.size; at += LINE) {
      if (timer.now() >= end) return false;
      this.sum += this.buffer.load8(at);
      if (this.countsItself) jh.pmu_increment(ALL_COUNTERS);
    }
    return true;
  }
}
