import { Atomic, console, timer } from "jh-inmate";
import { cache } from "jh-inmate/x86";

const ROUNDS: u32 = 10_000_000;
/** What is read. The compiler leaves out the reading of plain memory that nobody needs, of an Atomic it does not. */
const victim = new Atomic<u32>(0);

/** Average cycles of what lies between two looks at the counter. */
function cycles(flushes: bool, reads: bool): i64 {
  let all: i64 = 0;
  for (let round: u32 = 0; round < ROUNDS; round++) {
    if (flushes) cache.flush(changetype<usize>(victim));
    const start = timer.now();
    if (reads) victim.load();
    all += timer.now() - start;
  }
  return all / ROUNDS;
}

console.log(`Measurement rounds: ${ROUNDS}`);

console.log("Determining measurement overhead...");
const overhead = cycles(false, false);
console.log(`  -> Average measurement overhead: ${overhead} cycles`);

console.log("Measuring uncached memory access...");
console.log(`  -> Average uncached memory access: ${cycles(true, true) - overhead} cycles`);

console.log("Measuring cached memory access...");
console.log(`  -> Average cached memory access: ${cycles(false, true) - overhead} cycles`);
