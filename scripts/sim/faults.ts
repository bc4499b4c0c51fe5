/** What ends a program: faults of its own, which it reports, and the ends that it chooses. Numbers as in runtime/wasm/traps.h. */

export const FAULT = {
  unreachable: 1,
  divisionByZero: 2,
  integerOverflow: 3,
  conversion: 4,
  callIndirect: 5,
  memory: 6,
  abort: 7,
  null: 8,
  outOfMemory: 9,
  stackMain: 10,
  stackHandler: 11,
  unmapped: 12,
  misaligned: 13,
  unexpected: 17,
  interrupt: 18,
  commRegion: 19,
  panic: 20,
  stackCpu: 22,
  inReport: 23,
} as const;

interface FaultValues {
  readonly address?: bigint;
  readonly syndrome?: bigint;
  readonly pointer?: bigint;
}

/** The program reports it: `address`, `syndrome` and `pointer` are `fault_value` 1, 2 and 4. */
export class Fault extends Error {
  readonly kind: number;
  readonly address: bigint;
  readonly syndrome: bigint;
  readonly pointer: bigint;

  constructor(kind: number, { address = 0n, syndrome = 0n, pointer = 0n }: FaultValues = {}) {
    super(`fault ${kind}`);
    this.kind = kind;
    this.address = address;
    this.syndrome = syndrome;
    this.pointer = pointer;
  }
}

/** The CPU runs no more code. */
export class Halt extends Error {}
/** It is turned off, and may be turned on again. */
export class PowerOff extends Error {}

/** What engines say of a trap: V8, SpiderMonkey and JavaScriptCore. */
const TRAPS: readonly (readonly [RegExp, number])[] = [
  [/divide by zero|remainder by zero|division by zero/i, FAULT.divisionByZero],
  [
    /divide result unrepresentable|unrepresentable in integer|integer overflow|invalid conversion|out of range/i,
    FAULT.integerOverflow,
  ],
  [/table index|signature|indirect call|null function|index out of bounds/i, FAULT.callIndirect],
  [/memory access/i, FAULT.memory],
  [/unreachable/i, FAULT.unreachable],
];

/** The fault that an engine's error is; undefined: it is none, but a defect of ours. */
export function faultOf(error: unknown, stackKind: number): Fault | undefined {
  if (error instanceof Fault) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message)) return withStack(new Fault(stackKind), error);
  // SpiderMonkey: InternalError: too much recursion.
  if (error instanceof Error && /too much recursion/.test(error.message)) return withStack(new Fault(stackKind), error);
  if (!(error instanceof WebAssembly.RuntimeError)) return undefined;
  const kind = TRAPS.find(([words]) => words.test(error.message))?.[1];
  return kind === undefined ? undefined : withStack(new Fault(kind), error);
}

function withStack(fault: Fault, { stack }: Error): Fault {
  if (stack !== undefined) fault.stack = stack;
  return fault;
}
