/** Which calls of a module's exports are made, with which arguments. */
import { RESET, STATE } from "./closed.ts";
import type { Random } from "./random.ts";
import { type Call, type Entry, isTrap, type Subject } from "./subject.ts";
import { startV8 } from "./v8.ts";

const view = new DataView(new ArrayBuffer(8));
const double = (value: number) => {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
};
const single = (value: number) => {
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
};

const EDGES = [
  0,
  1,
  -1,
  0.5,
  1.5,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1e300,
  Infinity,
  -Infinity,
  NaN,
  -0,
];
/** Bits that are near an edge for one type or another. */
const INTERESTING: readonly bigint[] = [
  ...[0n, 1n, 2n, 7n, 15n, 16n, 31n, 32n, 63n, 64n, 127n, 128n, 255n, 256n, 0x7fffn, 0x8000n, 0xffffn, 0x10000n],
  ...[0x7fffffffn, 0x80000000n, 0xffffffffn, 0x100000000n, 0x7fffffffffffffffn, 0x8000000000000000n, -1n, -2n, -128n],
  ...EDGES.flatMap((value) => [double(value), single(value)]),
  ...[0x7fa00000n, 0xffc00001n, 0x7f800001n, 0x7ff4000000000000n, 0xfff8000000000001n, 1n << 52n, 1n << 23n],
];

function argument(random: Random): bigint {
  if (random.percent(60)) return BigInt.asUintN(64, random.pick(INTERESTING));
  if (random.percent(50)) return BigInt(random.below(100));
  return random.u64() >> BigInt(random.below(64));
}

/** Of each function some, and behind them a look at the state. */
export function callsOf(random: Random, entries: readonly Entry[]): Call[] {
  const state = { entry: entries.findIndex(({ name }) => name === STATE), args: [] };
  return entries.slice(0, state.entry).flatMap(({ arity }, entry) => {
    const times = arity === 0 ? 1 : 4;
    const calls = Array.from({ length: times }, () => ({
      entry,
      args: Array.from({ length: arity }, () => argument(random)),
    }));
    return [...calls, state];
  });
}

/**
 * A trap ends a program, so nothing of it sees what a trap has left: after a call that traps the state is set back, and where that cannot be, a call
 * that traps is the last.
 */
export async function settled(subject: Subject): Promise<Subject> {
  const reset = subject.entries.findIndex(({ name }) => name === RESET);
  const calls: Call[] = [];
  const last: Call[] = [];
  let call = await startV8(subject);
  for (const next of subject.calls) {
    if (!isTrap(call(next))) {
      calls.push(next);
    } else if (reset >= 0) {
      const back = { entry: reset, args: [] };
      calls.push(next, back);
      call(back);
    } else {
      last[0] ??= next;
      call = await startV8(subject);
      for (const before of calls) call(before);
    }
  }
  return { ...subject, calls: [...calls, ...last] };
}
