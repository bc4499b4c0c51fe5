/**
 * Whose turn it is on the console. Between `begin` and `end` no other CPU prints; a handler that comes in between on the
 * same CPU may. In an image for one CPU nothing of it is left.
 */
import * as atomic from "./atomic";
import * as jh from "./jh";

/** 0: nobody; else the number of the CPU + 1. */
function owner(): usize {
  return memory.data<u32>([0]);
}

/** Counted by the owner only: a `begin` in between, in a handler or a part of a line, and its `end`. */
let within: u32 = 0;

/** A CPU that the hypervisor stopped in the midst of a line does not hold up the others for longer: parts of a second. */
const PATIENCE: u32 = 2;

export function begin(): void {
  if (jh.more_cpus() != 0) take();
}

export function end(): void {
  if (jh.more_cpus() != 0) give();
}

function take(): void {
  const self = jh.cpu_index() + 1;
  const deadline = jh.counter() + jh.counter_hz() / PATIENCE;
  while (true) {
    const seen = atomic.compareExchange<u32>(owner(), 0, self);
    if (seen == 0) return;
    if (seen == self) {
      within++;
      return;
    }
    if (jh.counter() > deadline) {
      within = 0;
      atomic.store<u32>(owner(), 0);
    }
    jh.relax();
  }
}

function give(): void {
  if (atomic.load<u32>(owner()) != jh.cpu_index() + 1) return;
  if (within != 0) within--;
  else atomic.store<u32>(owner(), 0);
}

/** Leaves the console to others whatever has begun: the CPU stops. */
export function leave(): void {
  within = 0;
  end();
}
