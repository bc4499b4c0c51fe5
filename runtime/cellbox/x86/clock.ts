/** The time-stamp counter's rate: told by the host where QEMU counts instructions, else measured against the PM timer. */
import * as jh from "../jh.ts";
import { boardWord } from "../run.ts";
import { PM_TIMER_HZ, PORT_PM_TIMER } from "./q35.ts";

/** Microseconds between the two looks: the PM timer's step of 0.3 µs and the time of a look make less than 0.02 %. */
const SPAN: u64 = 8000;
/** Looks at each end: that with the shortest distance between two readings of the counter is right. */
const LOOKS: u32 = 8;
const MASK: u32 = 0xffffff;

let khz: u64 = 0;
let startTime: u32 = 0;
let startCount: u64 = 0;
let time: u32 = 0;
let count: u64 = 0;

/** As early as possible: what the monitor does meanwhile belongs to the span. */
export function begin(): void {
  look();
  startTime = time;
  startCount = count;
}

export function end(): void {
  khz = boardWord(1);
  if (khz != 0) return;
  do look();
  while ((<u64>((time - startTime) & MASK) * 1000000) / PM_TIMER_HZ < SPAN);
  khz = ((count - startCount) * PM_TIMER_HZ) / (<u64>((time - startTime) & MASK) * 1000);
}

export function tscKhz(): u64 {
  return khz;
}

/** A time of the PM timer, and the counter in the middle of that reading. */
function look(): void {
  let best: u64 = u64.MAX_VALUE;
  for (let i: u32 = 0; i < LOOKS; i++) {
    const before = jh.counter();
    const now = jh.in32(PORT_PM_TIMER) & MASK;
    const after = jh.counter();
    if (after - before >= best) continue;
    best = after - before;
    time = now;
    count = before + best / 2;
  }
}
