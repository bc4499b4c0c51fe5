/**
 * What the memory system of a board is like, as data. Sizes of caches are facts of the parts; times and rates are cited where there is a
 * source, and else are assumptions, called so. Every figure can be overridden: `new Simulator({ memory: { dram: { bandwidth: 3 } } })`.
 */
import { UserError } from "../../errors.ts";
import { ALL, type Bank, S32V234, ZYNQMP } from "./banks.ts";
import type { MonitorPlace } from "./monitors.ts";

export interface MemoryParameters {
  /** Whom the figures are for, for the header of outputs. */
  readonly name: string;
  /** Clock of the CPUs. */
  readonly cpuMHz: number;
  /** Bytes of a cache line, which is what moves between caches and DRAM. */
  readonly line: number;
  /** Of each CPU, for data. A hit is part of what a turn of a loop costs. */
  readonly l1: { readonly size: number; readonly ways: number };
  /** Of each cluster. `latency`: ns from the load to its data. */
  readonly l2: { readonly size: number; readonly ways: number; readonly latency: number };
  /** CPUs that share an L2: those of one number after division by this. */
  readonly cpusPerL2: number;
  /** Lines that a CPU can wait for at once. */
  readonly outstanding: number;
  /** Sequences of lines that its prefetcher follows at once. */
  readonly streams: number;
  readonly dram: {
    /** ns from the load to its data, when nobody else wants the DRAM. */
    readonly latency: number;
    /** The part of it by which it is shorter or longer, evenly. */
    readonly spread: number;
    /** GB/s (bytes a ns) that a controller gives all masters together. */
    readonly bandwidth: number;
    /** Clock of the cycles that its monitor counts. */
    readonly MHz: number;
  };
  /** Its controllers, by what of the physical addresses is theirs; what is nobody's is the first one's. */
  readonly banks: readonly Bank[];
  /** What counts the controllers' traffic. */
  readonly monitors: readonly MonitorPlace[];
  /** SPIs of the CPUs' PMUs, by CPU; else it is PPI 7 (Arm BSA). */
  readonly pmuInterrupts?: readonly number[];
}

type Part<T> = {
  readonly [Name in keyof T]?: T[Name] extends readonly unknown[] | undefined
    ? T[Name]
    : T[Name] extends object
      ? Part<T[Name]>
      : T[Name];
};
/** Any of the parameters, in place of the board's. */
export type MemoryOptions = Part<MemoryParameters>;

const KIB = 1024;

/**
 * Cortex-A53 (Arm DDI 0500): L1 data cache of 4 ways, L2 of 16 ways (7.1), lines of 64 bytes; the reset values of CPUACTLR_EL1 allow five
 * prefetches at once in two streams, begun after two lines in sequence. Assumptions: an L1 of 32 KiB, and an L2 that takes 15 cycles.
 */
const A53 = { line: 64, l1: { size: 32 * KIB, ways: 4 }, outstanding: 5, streams: 2 } as const;

/**
 * ZynqMP: four A53 at 1.2 GHz and one L2 of 1 MiB in 16 ways (UG1085, L2 Memory Subsystem). DDR4-2133 of 64 bits has a peak of 17 GB/s, three
 * quarters of which streams of the programmable logic get (Manev, Vaishnav, Koch, FPT 2019). Assumptions: the latency and its spread; and 5.2 GB/s
 * for lines of 64 bytes in the order in which several CPUs ask for them, which seldom meet an open row.
 */
const zynqmp: MemoryParameters = {
  ...A53,
  name: "ZynqMP, four Cortex-A53",
  cpuMHz: 1200,
  l2: { size: 1024 * KIB, ways: 16, latency: 12.5 },
  cpusPerL2: 4,
  dram: { latency: 150, spread: 0.2, bandwidth: 5.2, MHz: 533 },
  ...ZYNQMP,
  // UG1085, table 13-1.
  pmuInterrupts: [175, 176, 177, 178],
};

/**
 * S32V234: four A53 at 1 GHz, two MMDC with 32 bits of DDR3L-1066, a peak of 4.3 GB/s each. Assumptions, to be checked against its data sheet:
 * two clusters with an L2 of 256 KiB each; the latency and its spread, and three quarters of the peak.
 */
const s32v234: MemoryParameters = {
  ...A53,
  name: "S32V234, four Cortex-A53",
  cpuMHz: 1000,
  l2: { size: 256 * KIB, ways: 16, latency: 15 },
  cpusPerL2: 2,
  dram: { latency: 160, spread: 0.2, bandwidth: 3.2, MHz: 533 },
  ...S32V234,
  pmuInterrupts: [195, 196, 197, 198],
};

/** A machine that nothing is known of, QEMU's for one: all of it is assumption. */
const generic: MemoryParameters = {
  ...A53,
  name: "a machine with one L2 of 1 MiB",
  cpuMHz: 1000,
  l2: { size: 1024 * KIB, ways: 16, latency: 15 },
  cpusPerL2: 16,
  dram: { latency: 150, spread: 0.2, bandwidth: 5, MHz: 533 },
  banks: [{ address: 0, size: ALL, ports: 1, interleave: 4 * KIB }],
  monitors: [],
};

/** By name of the board. */
const BOARDS: Readonly<Record<string, MemoryParameters>> = {
  "zynqmp-zcu102": zynqmp,
  ultra96: zynqmp,
  s32v234sbc: s32v234,
};

/** @throws UserError that names the parameter that cannot be. */
export function memoryParameters(board: string, options: MemoryOptions = {}): MemoryParameters {
  const base = BOARDS[board] ?? generic;
  const parameters: MemoryParameters = {
    ...base,
    ...options,
    l1: { ...base.l1, ...options.l1 },
    l2: { ...base.l2, ...options.l2 },
    dram: { ...base.dram, ...options.dram },
  };
  check(parameters);
  return parameters;
}

function check({ line, l1, l2, dram, ...rest }: MemoryParameters): void {
  const { cpuMHz, cpusPerL2, outstanding, streams } = rest;
  const numbers = { cpuMHz, line, cpusPerL2, outstanding, streams };
  const { spread, ...above } = dram;
  const all = { ...numbers, ...named("l1", l1), ...named("l2", l2), ...named("dram", above) };
  if (!(spread >= 0 && spread < 1))
    throw new UserError(`memory: dram.spread is ${spread}: give a number from 0 to below 1`);
  for (const [name, value] of Object.entries(all))
    if (!(value > 0 && Number.isFinite(value)))
      throw new UserError(`memory: ${name} is ${value}: give a number above 0`);
  for (const [name, value] of Object.entries({ line, cpusPerL2, outstanding, streams }))
    if (!Number.isInteger(value)) throw new UserError(`memory: ${name} is ${value}: give a whole number`);
  for (const [name, { size, ways }] of Object.entries({ l1, l2 })) {
    const sets = size / ways / line;
    if (!Number.isInteger(sets) || !Number.isInteger(Math.log2(sets)))
      throw new UserError(
        `memory: ${name} of ${size} bytes in ${ways} ways with lines of ${line} has ${sets} sets: give a power of two of them`,
      );
  }
}

function named(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** Bytes of one way of the L2: colours are its pages. */
export function colorsOfL2({ l2 }: MemoryParameters): number {
  return Math.max(1, Math.floor(l2.size / l2.ways / 4096));
}
