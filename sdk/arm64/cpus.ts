/**
 * The CPUs of the cell and their affinities. Nothing tells an Arm cell how many it has; but PSCI's AFFINITY_INFO knows
 * those of the cell and denies the others (jailhouse-abi 3.6), so each affinity that a board may have is asked for once.
 */
import * as jh from "../jh";

/** Arm DEN 0022, 5.1.5 */
const PSCI_AFFINITY_INFO: u64 = 0xc4000004;
const ON: i64 = 0;
const OFF: i64 = 1;

/** The stacks of an image are for so many, too (scripts/pipeline/memory-plan.ts). */
const MOST: u32 = 16;

let found: u32 = 0;

/** An entry a CPU: MPIDR's affinity fields. The first is the CPU that the cell starts with. */
function affinities(): usize {
  return memory.data(128);
}

export function count(): u32 {
  // The first call is the first CPU's: it is what starts others.
  if (found == 0) find();
  return found;
}

/** `cpu` is below `count()`. */
export function affinity(cpu: u32): u64 {
  return load<u64>(affinities() + (cpu << 3));
}

export function isOn(cpu: u32): bool {
  return state(affinity(cpu)) == ON;
}

function state(affinity: u64): i64 {
  return jh.smc(PSCI_AFFINITY_INFO, affinity, 0, 0);
}

/**
 * Sixteen clusters of sixteen cores in Aff1 and Aff0, then, as cores with hardware threads count, in Aff2 and Aff1
 * (Arm ARM D17.2.101: MT).
 */
function find(): void {
  const self = jh.cpu_id();
  store<u64>(affinities(), self);
  let cpus: u32 = 1;
  for (let field = 0; field <= 8; field += 8) {
    for (let i: u64 = 0; i < 256 && cpus < MOST; i++) {
      const affinity = (((i >> 4) << 8) | (i & 15)) << field;
      // With Aff2 0 these have been asked for in the first round.
      if (affinity == self || (field != 0 && i < 16)) continue;
      const seen = state(affinity);
      if (seen == ON || seen == OFF) store<u64>(affinities() + (cpus++ << 3), affinity);
    }
  }
  found = cpus;
}
