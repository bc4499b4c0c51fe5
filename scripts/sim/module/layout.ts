/**
 * Where the simulation copy of a module keeps what the simulator needs: in pages behind the linear memory of the program, which has no
 * pointer there. Everything the program's own code reads and writes on the way is here, so that it seldom has to call JavaScript.
 */

export const WASM_PAGE = 0x10000;

/** Offsets from `Layout.words`: f64 unless the name says otherwise. Those of a CPU are the running one's. */
export const WORD = {
  /** The running CPU's time, ns. */
  now: 0,
  /** From this time on the next safe point has something to do. */
  deadline: 8,
  /** What a turn of a loop and an access to a device take, ns; and what accesses since the last turn have taken, which it makes pass. */
  loopCost: 16,
  accessCost: 24,
  owed: 96,
  /** ns that the CPU has slept, or been stopped by the hypervisor: its cycle counter stands still then. */
  idle: 104,
  /** Event stream: ns between two events, 0: off; and the number of the last one that a WFE has seen. */
  eventPeriod: 32,
  eventSeen: 40,
  /** i64: rate of the counter. */
  counterHz: 48,
  /** i64: the CPU's `note`. */
  note: 56,
  /** i32: the CPU's interrupt mask, whether an interrupt waits for it, the event register, its number in the cell. */
  mask: 64,
  pending: 68,
  event: 72,
  cpu: 76,
  /** i32: CPUs besides the first that can be started. */
  moreCpus: 80,
  /** i32: bytes of stack that recursive functions have used, and may use. */
  stackUsed: 84,
  stackLimit: 88,
} as const;

const PAGE = 0x1000;
const ASYNCIFY_STACK = 0x10000;

export interface Layout {
  /** First pointer that the program may use, and first behind what RAM backs. */
  readonly start: number;
  readonly limit: number;
  readonly words: number;
  /** The comm region's page. */
  readonly comm: number;
  /** A byte for each source position, 1: it has been reached. */
  readonly covered: number;
  /** The constant data as it was built; pointer 0 stands here. */
  readonly constants: number;
  /** Where a CPU's stack is kept while it does not run. */
  readonly stacks: number;
  readonly stackSize: number;
  readonly pages: number;
}

export interface LayoutNeeds {
  readonly start: number;
  readonly limit: number;
  readonly positions: number;
  readonly dataEnd: number;
  readonly cpus: number;
}

export function layoutOf({ start, limit, positions, dataEnd, cpus }: LayoutNeeds): Layout {
  const words = roundUp(limit, WASM_PAGE);
  const comm = words + PAGE;
  const covered = comm + PAGE;
  const constants = roundUp(covered + positions, PAGE);
  const stacks = roundUp(constants + dataEnd, PAGE);
  const pages = Math.ceil((stacks + cpus * ASYNCIFY_STACK) / WASM_PAGE);
  return { start, limit, words, comm, covered, constants, stacks, stackSize: ASYNCIFY_STACK, pages };
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
