import { args, cell, console, cpu, irq, panic, timer } from "jh-inmate";

/** Interrupts, and ticks of the counter between two. */
const wanted: u64 = args.int("interrupts", 100_000);
const period: u64 = args.int("period", 625);

let fired: u64 = 0;
let latest: u64 = 0;
let expected: u64 = timer.now() + period;
const first = expected;

irq.on(timer.irq, () => {
  const late = timer.now() - expected;
  // Later than the next one: a tick is lost. (Before its time: a negative number, which is larger than any period.)
  if (late >= period) panic(`interrupt ${fired} comes ${late} ticks after its time`);
  if (late > latest) latest = late;
  fired++;
  expected += period;
  if (fired < wanted) timer.at(expected);
  else timer.stop();
});
/** A heap that does not grow gives the next piece right behind the last one: 16 bytes, and the allocator's 16. */
const heapBefore = heap.alloc(16);
timer.at(expected);
while (true) {
  // A double word that a handler writes is one load on a 64-bit machine.
  if (fired >= wanted) break;
  cpu.wait();
}

const drift = expected - first - wanted * period;
const heapAfter = heap.alloc(16);
console.log(`${fired} interrupts, ${drift} ticks of drift, at most ${latest} of ${period} ticks late`);
console.log(`heap grown by ${heapAfter - heapBefore - 32} bytes`);
if (drift != 0 || heapAfter - heapBefore != 32) cell.fail();
