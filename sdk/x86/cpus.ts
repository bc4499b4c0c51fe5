/** The CPUs of the cell: all arrive at its start and wait; the comm region says how many they are (jailhouse-abi 3.6). */
import * as comm from "../comm-region";
import * as jh from "../jh";
import * as apic from "./apic";

/** The stacks of an image are for so many, too (scripts/pipeline/memory-plan.ts). */
const MOST: u32 = 16;
const APIC_IDS: u32 = 256;
/** `cpu_state` */
const ABSENT: u32 = 0;
const WAITS: u32 = 1;

/** How long the others may take to arrive, before they are called again: parts of a second. */
const PATIENCE: u32 = 20;

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

/**
 * The others may come a little later. One may not come at all: when Jailhouse starts a cell again before a CPU has taken
 * notice that the cell was shut down, that CPU parks itself and leaves the start pending until something wakes it. A SIPI does.
 */
function awaitAll(all: u32): void {
  const patience = jh.counter_hz() / PATIENCE;
  let deadline = jh.counter() + patience;
  while (jh.cpus_arrived() < all) {
    jh.relax();
    if (jh.counter() < deadline) continue;
    apic.startWaiting();
    deadline = jh.counter() + patience;
  }
}

function find(): void {
  const all = min<u32>(comm.cpuCount(), MOST);
  awaitAll(all);
  const self = <u32>jh.cpu_id();
  store<u8>(apicIds(), self);
  let cpus: u32 = 1;
  for (let id: u32 = 0; id < APIC_IDS && cpus < all; id++) {
    if (id != self && jh.cpu_state(id) != ABSENT) store<u8>(apicIds() + cpus++, id);
  }
  found = cpus;
}
