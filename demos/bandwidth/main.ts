import { args, cell, console, dec, ram, timer } from "jh-inmate";
import { copy, read, write } from "./streams";

const smallest: u64 = args.int("smallest", 4 << 10);
const largest: u64 = args.int("largest", 4 << 20);
/** Bytes that each measurement moves at least: small sets are gone over again and again. */
const traffic: u64 = args.int("traffic", 64 << 20);
const buffer = ram.take(2 * largest);

/** Megabytes (10^6 bytes) a second. */
function rate(stream: (base: u64, size: u64) => void, size: u64): u64 {
  // The first pass brings into the caches what fits.
  stream(buffer.base, size);
  const passes = max<u64>(traffic / size, 1);
  const start = timer.now();
  for (let pass: u64 = 0; pass < passes; pass++) stream(buffer.base, size);
  return (passes * size * 1000) / max<u64>(timer.ns(timer.now() - start), 1);
}

console.log("working set      read     write      copy  MB/s");
for (let size = smallest; size <= largest; size *= 2) {
  const reads = rate(read, size);
  const writes = rate(write, size);
  const copies = rate(copy, size);
  console.log(`${dec(size >> 10, 7)} KiB ${dec(reads, 9)} ${dec(writes, 9)} ${dec(copies, 9)}`);
  cell.poll();
}
