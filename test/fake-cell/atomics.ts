/** The atomic intrinsics on a module's memory: with one CPU plain accesses do. */
type Intrinsic = (...args: never[]) => number | bigint | undefined;

export function atomics(view: () => DataView): Record<string, Intrinsic> {
  const change32 = (pointer: number, value: (before: number) => number) => {
    const before = view().getUint32(pointer, true);
    view().setUint32(pointer, value(before), true);
    return before;
  };
  const change64 = (pointer: number, value: (before: bigint) => bigint) => {
    const before = view().getBigUint64(pointer, true);
    view().setBigUint64(pointer, value(before), true);
    return before;
  };
  return {
    atomic_load32: (pointer: number) => change32(pointer, (before) => before),
    atomic_load64: (pointer: number) => change64(pointer, (before) => before),
    atomic_store32: (pointer: number, value: number) => void change32(pointer, () => value),
    atomic_store64: (pointer: number, value: bigint) => void change64(pointer, () => value),
    atomic_add32: (pointer: number, value: number) => change32(pointer, (before) => before + value),
    atomic_add64: (pointer: number, value: bigint) => change64(pointer, (before) => before + value),
    atomic_swap32: (pointer: number, value: number) => change32(pointer, () => value),
    atomic_swap64: (pointer: number, value: bigint) => change64(pointer, () => value),
    atomic_compare_swap32: (pointer: number, expected: number, value: number) =>
      change32(pointer, (before) => (before === expected >>> 0 ? value : before)),
    atomic_compare_swap64: (pointer: number, expected: bigint, value: bigint) =>
      change64(pointer, (before) => (before === BigInt.asUintN(64, expected) ? value : before)),
    wait_change: () => undefined,
  };
}
