/**
 * Architectural events of Intel's CPUs (Intel SDM 3B, table 20-1): event select in bits 7:0, unit mask in 15:8. `pmu.has`
 * tells which of them the CPU counts. Others are in the tables of the CPU's model.
 */
export const CORE_CYCLES: u32 = 0x003c;
export const INSTRUCTIONS_RETIRED: u32 = 0x00c0;
export const REFERENCE_CYCLES: u32 = 0x013c;
export const LLC_REFERENCES: u32 = 0x4f2e;
/** A line from memory each. */
export const LLC_MISSES: u32 = 0x412e;
export const BRANCHES_RETIRED: u32 = 0x00c4;
export const BRANCH_MISSES_RETIRED: u32 = 0x00c5;
