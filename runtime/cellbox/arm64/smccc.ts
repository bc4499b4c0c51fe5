/** SMC calls of a cell by their owner (Arm DEN 0028, 6): PSCI is among the standard ones, all that others get is "not supported". */
import { ArmCell, ArmCpu, STAT_SMCCC } from "./cells.ts";
import { register, setRegister } from "./frame.ts";
import * as psci from "./psci.ts";

const OWNER_SHIFT: u32 = 24;
const OWNER_ARCHITECTURE: u32 = 0;
const OWNER_SILICON: u32 = 2;
const OWNER_STANDARD: u32 = 4;
/** U-Boot's PSCI numbers from before PSCI 0.2. */
const OWNER_OLD: u32 = 21;

const VERSION: u32 = 0x80000000;
const ARCH_FEATURES: u32 = 0x80000001;
const VERSION_1_1: i64 = 0x10001;
const NOT_SUPPORTED: i64 = -1;

/** The cell goes on; it turned its CPU off; or the call is a violation. */
export const GOES_ON: u32 = 0;
export const OFF: u32 = 1;
export const REFUSED: u32 = 2;

export function call(cpu: ArmCpu, cell: ArmCell, frame: u64): u32 {
  const id = <u32>register(frame, 0);
  const owner = (id >> OWNER_SHIFT) & 0x3f;
  if (owner == OWNER_STANDARD || owner == OWNER_OLD) return psci.call(cpu, cell, frame) ? OFF : GOES_ON;
  cpu.count(STAT_SMCCC);
  let answer = NOT_SUPPORTED;
  if (owner == OWNER_ARCHITECTURE) {
    if (id == VERSION) answer = VERSION_1_1;
    else if (id != ARCH_FEATURES) return REFUSED;
    else if (<u32>register(frame, 1) == ARCH_FEATURES) answer = 0;
  } else if (owner != OWNER_SILICON) {
    return REFUSED;
  }
  setRegister(frame, 0, <u64>answer);
  return GOES_ON;
}
