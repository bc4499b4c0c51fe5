/** Fixtures with a mistake in the program, and what each reports, word for word: in cellbox and in the simulator. */
export const programCases: readonly (readonly [fixture: string, report: string])[] = [
  [
    "unreachable",
    `*** unreachable code was reached
    at never (main.ts:2:3)
    at top level (main.ts:4:1)
    hint: a module of another compiler gave up: look at what it does about errors`,
  ],
  [
    "overflow",
    `*** integer overflow in a division or conversion
    at negate (main.ts:5:10)
    at top level (main.ts:7:8)
    hint: the result has no place in its integer type: look at the operands, or take a larger type`,
  ],
  [
    "wrong-function",
    `*** call of a null or wrong function reference
    at call (main.ts:2:3)
    at top level (main.ts:4:1)
    hint: look at what was stored as the function, and whether it is set before the call`,
  ],
  [
    "wild-access",
    `*** wild access: the program has no memory at 0x70000000
    at peek (main.ts:4:10)
    at top level (main.ts:6:16)
    hint: look at pointer arithmetic, and at load and store with computed addresses`,
  ],
  [
    "index-out-of-range",
    `*** Index out of range
    at Array<i32>.__get (~lib/array.ts:114:63)
    at prime (main.ts:5:10)
    at top level (main.ts:7:16)
    hint: look at the index and at the length of the array`,
  ],
  [
    "assertion",
    `*** an assertion does not hold (main.ts:4:3)
    at check (main.ts:4:3)
    at top level (main.ts:7:1)
    hint: look at the condition of the assert`,
  ],
  [
    "error",
    `*** there is no door 1 (main.ts:4:18)
    at open (main.ts:4:34)
    at top level (main.ts:6:1)`,
  ],
  [
    "panic",
    `*** there is no door 1
    at panic (main.ts:4:18)
    at open (main.ts:4:18)
    at top level (main.ts:6:1)`,
  ],
  [
    "null-access",
    `*** access through null, at 0x0
    at valueOf (main.ts:7:10)
    at top level (main.ts:9:16)
    hint: look at the reference: nothing is there`,
  ],
  [
    "unset-field",
    `*** Unexpected 'null' (not assigned or failed cast) (main.ts:5:3)
    at second (main.ts:8:10)
    at top level (main.ts:10:16)
    hint: look at what is null here: a field or variable that is not set yet, or a search without result`,
  ],
  [
    "out-of-memory",
    `*** out of memory: the program has used up its cell's RAM
    at memset (~runtime/wasm/memory.c:<line>)
    at StaticArray<u8>.constructor (~lib/staticarray.ts:54:45)
    at collect (main.ts:4:13)
    at top level (main.ts:6:10)
    hint: look at allocations in loops, as nothing is freed; or give the cell more: ram: "1M" in cell.ts`,
  ],
  [
    "too-large",
    `*** out of memory: the program has used up its cell's RAM
    at maybeGrowMemory (~lib/rt/stub.ts:19:41)
    at __alloc (~lib/rt/stub.ts:37:3)
    at __new (~lib/rt/stub.ts:87:13)
    at StaticArray<u8>.constructor (~lib/staticarray.ts:53:15)
    at top level (main.ts:4:16)
    hint: look at allocations in loops, as nothing is freed; or give the cell more: ram: "1M" in cell.ts`,
  ],
  [
    "stack-main",
    `*** stack overflow in the main program
    at sum (main.ts:4:14)
    at sum (main.ts:4:27)
    at sum (main.ts:4:27)
    at top level (main.ts:6:16)
    hint: look at functions that call themselves; or set stack: "16K" in jh-inmate.config.ts`,
  ],
  [
    "while-reporting",
    `*** 
*** the report of this fault failed itself
    at lookUp (main.ts:2:19)
    at top level (main.ts:4:1)
    hint: the program has damaged its own memory: look at pointer arithmetic`,
  ],
  // The report needs nothing of what the program has overwritten.
  [
    "damaged-memory",
    `*** access through null, at 0x0
    at memset (~runtime/wasm/memory.c:<line>)
    at clear (main.ts:4:3)
    at top level (main.ts:7:1)
    hint: look at the reference: nothing is there`,
  ],
  [
    "no-such-cpu",
    `*** smp: no CPU 3: the cell has CPUs 0 to 0 (see cpus in its cell.ts)
    at smp.panic (~lib/jh-inmate/smp.ts:<line>)
    at smp.check (~lib/jh-inmate/smp.ts:<line>)
    at smp.start (~lib/jh-inmate/smp.ts:<line>)
    at top level (main.ts:3:1)`,
  ],
];

/** Lines of ours move. */
export function stable(text: string): string {
  return text.replace(/(memory\.c|jh-inmate\/[\w/-]+\.ts):\d+:\d+/g, "$1:<line>");
}
