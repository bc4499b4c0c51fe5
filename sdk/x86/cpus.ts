/** The CPUs of the cell: all arrive at its start and wait; the comm region says how many they are (jailhouse-abi 3.6). */
import * as comm from "../comm-region";
import * as jh from "../jh";

/** The stacks of an image are for so many, too (scripts/pipeline/memory-plan.ts). */
const MOST: u32 = 16;
const APIC_IDS: u32 = 256;
/** `cpu_state` */
const ABSENT: u32 = 0;
const WAITS: u32 = 1;

let found: u32 = 0;

/** A byte a CPU: its APIC ID. The first is the CPU that runs the top-level code. */
function apicIds(): usize {
  return memory.data(16);
}

export function count(): u32 {
  // The first call is the first CPU's: it is what starts others.
  if (found == 0) find();
  return found;
}

/** The APIC ID. `cpu` is below `count()`. */
export function affinity(cpu: u32): u64 {
  return load<u8>(apicIds() + cpu);
}

export function isOn(cpu: u32): bool {
  return cpu == 0 || jh.cpu_state(<u32>affinity(cpu)) > WAITS;
}

/** The others may come a little later. */
function find(): void {
  const all = min<u32>(comm.cpuCount(), MOST);
  while (jh.cpus_arrived() < all) jh.relax();
  const self = <u32>jh.cpu_id();
  store<u8>(apicIds(), self);
  let cpus: u32 = 1;
  for (let id: u32 = 0; id < APIC_IDS && cpus < all; id++) {
    if (id != self && jh.cpu_state(id) != ABSENT) store<u8>(apicIds() + cpus++, id);
  }
  found = cpus;
}
