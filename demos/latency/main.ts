import { args, cell, console, dec, ram, timer } from "jh-inmate";
import { chase, LINE, link } from "./chase";

const smallest: u64 = args.int("smallest", 4 << 10);
const largest: u64 = args.int("largest", 4 << 20);
const loads: u64 = args.int("loads", 1_000_000);
const buffer = ram.take(largest);

console.log("working set   one load, ns");
for (let size = smallest; size <= largest; size *= 2) {
  link(buffer, size);
  // The first round brings into the caches what fits.
  chase(buffer, size / LINE);
  const start = timer.now();
  chase(buffer, loads);
  const picoseconds = (timer.ns(timer.now() - start) * 1000) / loads;
  console.log(`${dec(size >> 10, 7)} KiB ${dec(picoseconds / 1000, 9)}.${(picoseconds / 100) % 10}`);
  cell.poll();
}
