/** How an arm64 CPU waits: WFE, with the event stream as its longest sleep. */
import * as jh from "../jh";

/** WFE may sleep at most this part of a second, so that `cell.serve` looks for messages often enough. */
const EVENTS_PER_SECOND: u32 = 100;
/** CNTKCTL_EL1.EVNTI (Arm ARM) has four bits: an event each 2^(n+1) counts. */
const LARGEST_EVENT_INTERVAL: u32 = 15;

/** The runtime calls it once a CPU: starts the event stream (Arm ARM, D11, "Event streams"). */
export function start(): void {
  jh.event_stream(min<u32>(30 - clz(longestSleep()), LARGEST_EVENT_INTERVAL));
}

/** Ticks of the counter that `wait` lasts at most. */
function longestSleep(): u32 {
  return max<u32>(<u32>jh.counter_hz() / EVENTS_PER_SECOND, 2);
}

export function wait(): void {
  jh.wait_event();
}

/** Sleeps for so many ticks of the counter, or less. The event stream is the same for all: a short time is spun away. */
export function sleep(ticks: u64): void {
  if (ticks > longestSleep()) wait();
  else jh.relax();
}
