/** Which DRAM controller has which physical addresses, and where the registers are that count its traffic. */
import type { MonitorPlace } from "./monitors.ts";

/** A DRAM controller. */
export interface Bank {
  readonly address: number;
  readonly size: number;
  /** Ports by which the CPUs reach it; lines go over them in turns of so many bytes of addresses. */
  readonly ports: number;
  readonly interleave: number;
}

/** More than any board has addresses. */
export const ALL = 2 ** 52;

interface Layout {
  readonly banks: readonly Bank[];
  readonly monitors: readonly MonitorPlace[];
}

/**
 * ZynqMP (UG1085, table 10-1): one controller with the lower 2 GiB and all above 0x800000000. The APU reaches it by two ports, 1 and 2.
 * Assumption: pages of 4 KiB go over them in turns.
 */
export const ZYNQMP: Layout = {
  banks: [{ address: 0, size: ALL, ports: 2, interleave: 0x1000 }],
  monitors: [{ kind: "apm", address: 0xfd0b0000, bank: 0 }],
};

/** S32V234: MMDC0 has the first GiB from 0x80000000, MMDC1 the second (boards/s32v234sbc/memory-map.ts). */
export const S32V234: Layout = {
  banks: [
    { address: 0x80000000, size: 0x40000000, ports: 1, interleave: 0x1000 },
    { address: 0xc0000000, size: 0x40000000, ports: 1, interleave: 0x1000 },
  ],
  monitors: [
    { kind: "mmdc", address: 0x40036000, bank: 0 },
    { kind: "mmdc", address: 0x400a2000, bank: 1 },
  ],
};
