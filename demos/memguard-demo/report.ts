/** What the regulation has seen. */
import { console, memguard } from "jh-inmate";

export function report(period: u32, budget: u32): void {
  const own = memguard.regulator();
  if (own != null) {
    console.log(`${own.periods} periods, budget used up in ${own.overruns}, at most ${own.most} events in one`);
  } else {
    // The hypervisor tells in the next call about the time since the last.
    const result = memguard.set(period, budget, memguard.PERIODIC);
    const over = memguard.isOverBudget(result) ? "used up" : "not used up";
    console.log(`${memguard.eventsOf(result)} events in ${memguard.microsecondsOf(result)} us, budget ${over}`);
  }
}
