/** Kinds of fault (runtime/wasm/traps.h has the same numbers) and what the report says about them. */
import { ascii } from "./ascii";

export const ABORT: u32 = 7;
export const OUT_OF_MEMORY: u32 = 9;
export const COMM_REGION: u32 = 19;
export const PANIC: u32 = 20;

/**
 * One line a kind, from 1 on: the cause. A digit behind % stands for that `jh.fault_value`: the address of the access,
 * the syndrome (Arm ARM, ESR_EL1; on x86 the vector and, in the lower 32 bits, the error code), the pointer in linear
 * memory; %m for the message of `abort`.
 */
export const CAUSES = ascii(
  "unreachable code was reached\n" + // 1
    "division by zero\n" + // 2
    "integer overflow in a division or conversion\n" + // 3
    "\n" + // 4: no conversion of AssemblyScript traps
    "call of a null or wrong function reference\n" + // 5
    "wild access: the program has no memory at %4\n" + // 6
    "%m\n" + // 7
    "access through null, at %4\n" + // 8
    "out of memory: the program has used up its cell's RAM\n" + // 9
    "stack overflow in the main program\n" + // 10
    "stack overflow in an interrupt handler\n" + // 11
    "access to %1, where nothing is mapped\n" + // 12
    "misaligned access to %1\n" + // 13
    "undefined instruction\n" + // 14
    "jump to %1, where no code is\n" + // 15
    "a device or memory refused an access (syndrome %2)\n" + // 16
    "unexpected exception (syndrome %2, address %1)\n" + // 17
    "interrupt before the first irq.on\n" + // 18
    "no comm region of revision 2\n" + // 19
    "\n" + // 20
    "\n" + // 21: nor can it change tables
    "stack overflow on a further CPU\n" + // 22
    "the report of this fault failed itself\n", // 23
);
