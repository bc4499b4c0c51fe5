/** What the timer of the local APIC is; `timer` sets it. */
import * as comm from "../comm-region";
import * as jh from "../jh";

/** CPUID leaf 1, ECX. */
const HAS_DEADLINE: u32 = 1 << 24;

/** Whether it takes a deadline, in ticks of the TSC, rather than a count (Intel SDM 3A, 11.5.4.1). */
export function takesDeadline(): bool {
  return (jh.cpuid(1, 0, 2) & HAS_DEADLINE) != 0;
}

/** Its rate in kHz: the TSC's, or that of the bus, which its count divides by 16, as the root cell has measured it. */
export function khz(): u32 {
  return takesDeadline() ? <u32>(jh.counter_hz() / 1000) : comm.apicKhz();
}
