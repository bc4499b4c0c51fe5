import { args, console, memguard } from "jh-inmate";
import { report } from "./report";
import { Workload } from "./workload";

/** Microseconds, and events in each of them. */
const period = <u32>args.int("period", 1000);
const budget = <u32>args.int("budget", 1000);
const work = new Workload();

console.log(`MemGuard of the ${memguard.isHypervisors() ? "hypervisor" : "program itself"}`);
const free = work.passesIn(100_000_000);
console.log(`not regulated: ${free} passes in 100 ms`);

memguard.regulate(period, budget, work.event);
const held = work.passesIn(100_000_000);
console.log(`${budget} events a period of ${period} us: ${held} passes in 100 ms`);
report(period, budget);
memguard.stop();
