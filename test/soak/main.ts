import { args, cell, console, cpu, irq, panic, timer } from "jh-inmate";

/** How many interrupts, after how many a line, and ticks of the counter between two. */
const wanted: u64 = args.int("interrupts", 10_000);
const step: u64 = args.int("step", wanted);
const period: u64 = args.int("period", 625);

let fired: u64 = 0;
let latest: u64 = 0;
let expected: u64 = timer.now() + period;
const first = expected;

irq.on(timer.irq, () => {
  const late = timer.now() - expected;
  // Later than the next one: a tick is lost. Too early: a negative number, which is larger than any period.
  if (late >= period) panic(`interrupt ${fired} comes ${late} ticks after its time`);
  if (late > latest) latest = late;
  fired++;
  expected += period;
  if (fired < wanted) timer.at(expected);
  else timer.stop();
});

/** A heap that does not grow gives the next piece right behind the last one. */
let piece = heap.alloc(16);
const PIECE: usize = 32;

timer.at(expected);
for (let next = step; next <= wanted; next += step) {
  while (fired < next) cpu.wait();
  const before = irq.disable();
  const count = fired;
  const drift = expected - first - count * period;
  irq.restore(before);
  const grown = heap.alloc(16) - piece - PIECE;
  piece += PIECE;
  console.log(
    `${count} interrupts, drift ${drift} ticks, at most ${latest} of ${period} late, heap grown by ${grown} bytes`,
  );
  if (drift != 0 || grown != 0) cell.fail();
}
