/** Kinds of fault (runtime/wasm/traps.h has the same numbers) and what the report says about them. */
import { ascii } from "./ascii";

export const ABORT: u32 = 7;
export const COMM_REGION: u32 = 19;
export const PANIC: u32 = 20;

/**
 * One line a kind, from 1 on: the cause, and behind `|` where to look. A digit behind % stands for that
 * `jh.fault_value`: the address of the access, the syndrome (Arm ARM, ESR_EL1), the pointer in linear memory; %l for
 * the end of linear memory, %m for the message of `abort`.
 */
export const CAUSES = ascii(
  "unreachable code was reached\n" + // 1
    "division by zero\n" + // 2
    "integer overflow in a division\n" + // 3
    "conversion of a float to an integer that cannot hold it\n" + // 4
    "call of a null or wrong function reference\n" + // 5
    "memory access out of bounds, at %4\n" + // 6
    "%m\n" + // 7
    "access through a null reference, at %4\n" + // 8
    "out of memory: %4 lies beyond the cell's RAM, which ends at %l|look at allocations in loops\n" + // 9
    "stack overflow in the main program|look at functions that call themselves\n" + // 10
    "stack overflow in an interrupt handler|look at big handlers\n" + // 11
    "access to %1, where nothing is mapped|look at offsets behind what mmio.map or ram.map mapped\n" + // 12
    "misaligned access to %1|look at the offset: n bytes lie at a multiple of n\n" + // 13
    "undefined instruction\n" + // 14
    "jump to %1, where no code is\n" + // 15
    "a device or memory refused an access (syndrome %2)|look at addresses that no device answers\n" + // 16
    "unexpected exception (syndrome %2, address %1)\n" + // 17
    "interrupt before the first irq.on\n" + // 18
    "no comm region of revision 2: is this a Jailhouse cell?\n" + // 19
    "\n", // 20
);
