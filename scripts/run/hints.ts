export type Hints = readonly (readonly [cause: RegExp, hint: string])[];

/** What to look at, by the first line of a fault report (sdk/fault-kinds.ts has the causes). Long words cost an image too much. */
const HINTS: Hints = [
  [/^unreachable code was reached/, "a module of another compiler gave up: look at what it does about errors"],
  [/^division by zero/, "look at where the divisor comes from"],
  [/^integer overflow/, "the result has no place in its integer type: look at the operands, or take a larger type"],
  [
    /^call of a null or wrong function/,
    "look at what was stored as the function, and whether it is set before the call",
  ],
  [/^wild access/, "look at pointer arithmetic, and at load and store with computed addresses"],
  [
    /^Unexpected 'null'/,
    "look at what is null here: a field or variable that is not set yet, or a search without result",
  ],
  [/^Index out of range/, "look at the index and at the length of the array"],
  [/^an assertion does not hold/, "look at the condition of the assert"],
  [/^access through null/, "look at the reference: nothing is there"],
  [/^out of memory/, 'look at allocations in loops, as nothing is freed; or give the cell more: ram: "1M" in cell.ts'],
  [/^stack overflow in the main/, 'look at functions that call themselves; or set stack: "16K" in jh-inmate.config.ts'],
  [/^stack overflow in an interrupt/, "handlers have 4 KiB: look at functions that call themselves"],
  [/^stack overflow on a further CPU/, "further CPUs have 4 KiB: look at functions that call themselves"],
  [/^access to 0x/, "look at the size that was given to mmio.map or ram.map, and at the offset"],
  [/^misaligned access/, "an access of n bytes must be at a multiple of n: look at the offset"],
  [/^undefined instruction/, "what runs there is no code: look at damaged function references"],
  [/^jump to 0x/, "look at damaged function references and stacks"],
  [/^a device or memory refused/, "look at the address: no device answers there, or not in this way"],
  [
    /^unexpected exception \(syndrome 0xd[0-9a-f]{8},/,
    "general protection (x86): look at MSRs that the CPU does not have, and at addresses wider than 48 bits",
  ],
  [/^interrupt before the first irq\.on/, "look at devices that interrupt already: call irq.on first"],
  [
    /^no comm region/,
    "the image is for Jailhouse cells, revision 2 of the comm region: look at its version and at the cell",
  ],
  [/^the report of this fault/, "the program has damaged its own memory: look at pointer arithmetic"],
];

/** Linear memory lies behind the devices: an access that leads far beyond one is reported as if it were to a place there. */
const OF_MEMORY = /^(?:wild access|access through null|out of memory)/;
const DEVICE_ACCESS = /^mmio\.Registers\./;
const BEYOND_DEVICE = "this is a device's register, far behind what mmio.map has mapped: look at the offset";

/**
 * @param line the first of a report, "*** cause" or, where several CPUs run, "*** CPU 1: cause"
 * @param place the function where it happened
 * @param own what is different where the program runs
 */
export function hintFor(line: string, place = "", own: Hints = []): string | undefined {
  const cause = /^\*\*\* (?:CPU \d+: )?(.*)$/.exec(line)?.[1];
  if (cause === undefined) return undefined;
  if (DEVICE_ACCESS.test(place) && OF_MEMORY.test(cause)) return BEYOND_DEVICE;
  return [...own, ...HINTS].find(([pattern]) => pattern.test(cause))?.[1];
}
