/** Which DRAM controller has which physical addresses. */

/**
 * ZynqMP (UG1085, table 10-1): one controller with the lower 2 GiB and all above 0x800000000. The APU reaches it by two ports, 1 and 2.
 * Assumption: pages of 4 KiB go over them in turns.
 */
export const RAM_OF_ZYNQMP = [{ address: 0, size: Number.POSITIVE_INFINITY, ports: 2, interleave: 0x1000 }] as const;

/** S32V234: MMDC0 has the first GiB from 0x80000000, MMDC1 the second (boards/s32v234sbc/memory-map.ts). */
export const RAM_OF_S32V234 = [
  { address: 0x80000000, size: 0x40000000, ports: 1, interleave: 0x1000 },
  { address: 0xc0000000, size: 0x40000000, ports: 1, interleave: 0x1000 },
] as const;
