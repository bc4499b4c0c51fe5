/**
 * jh-inmate/x86: what only x86 machines have. The rest of the SDK is the same on all.
 *
 * A wrong port or MSR is no error that a program could see: the hypervisor stops the CPU.
 */
import * as apicTimer from "./apic-timer";
import * as cache from "./cache";
import * as cpuid from "./cpuid";
import * as events from "./events";
import * as ioapic from "./ioapic";
import * as msr from "./msr";
import * as pmTimer from "./pm-timer";
import * as port from "./port";
import * as smi from "./smi";

export { apicTimer, cache, cpuid, events, ioapic, msr, pmTimer, port, smi };
