/** A monitor of the traffic on the DRAM. All its counts are totals since `begin`, of 32 bits, and wrap around. */
import { Window } from "jh-inmate";
import { Header } from "./header";

export abstract class Monitor {
  abstract get name(): string;
  /** Bytes of a sample in the log. */
  abstract get sampleSize(): u64;
  /** Resets the counters and starts them, as the header wants it. */
  abstract begin(header: Header): void;
  /** Stores a sample at this offset of the log: its number and the CPU's cycles first, then the counts. */
  abstract sample(log: Window, at: u64, number: u32, cycles: u32): void;
  abstract end(): void;
}
