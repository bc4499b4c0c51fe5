/** System management interrupts: the firmware's, which take the CPU away and leave no trace but a count. */

import * as jh from "../jh";
import * as cpuid from "./cpuid";

/** MSR_SMI_COUNT (Intel SDM 4, tables 2-6, 2-15, 2-20, 2-44). */
const COUNT: u32 = 0x34;
const FAMILY: u32 = 6;

/** The models of the family that have it; 0 ends the list. */
function models(): usize {
  return memory.data<u8>([
    0x1a,
    0x1e,
    0x1f,
    0x2e,
    0x25,
    0x2c,
    0x2f, // Nehalem, Westmere
    0x2a,
    0x2d,
    0x3a,
    0x3e,
    0x3c,
    0x3f,
    0x45,
    0x46, // Sandy Bridge to Haswell
    0x3d,
    0x47,
    0x4f,
    0x56,
    0x4e,
    0x5e,
    0x55,
    0x8e,
    0x9e, // Broadwell to Kaby Lake
    0x37,
    0x4a,
    0x4c,
    0x4d,
    0x5a,
    0x5d,
    0x5c,
    0x5f,
    0x7a, // Silvermont to Goldmont Plus
    0x57,
    0x85, // Xeon Phi
    0,
  ]);
}

/** Whether this CPU counts them: on others there is no such register. */
export function isCounted(): bool {
  if (cpuid.family() != FAMILY) return false;
  const model = cpuid.model();
  let listed = models();
  while (load<u8>(listed) != 0 && load<u8>(listed) != model) listed++;
  return load<u8>(listed) == model;
}

/** How many there have been since the CPU's reset. */
export function count(): u32 {
  return <u32>jh.msr_read(COUNT);
}
