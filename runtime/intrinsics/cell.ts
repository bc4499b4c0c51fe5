/** The hypervisor and what a report of a fault needs. */
import { ARM_EVERY, EVERY, INMATE, plain, row } from "./row.ts";

export const cell = [
  row(INMATE, "comm_region(): u32", "Device address of the comm region (cached, shared with the root cell)."),
  plain(
    INMATE,
    "constant(pointer: u32): u32",
    "Byte of the constant data as it was built, whatever has happened to linear memory.",
  ),
  plain(INMATE, "command_line(index: u32): u32", "Byte of the command line, index 0 to 255; 0 ends it."),
  row(INMATE, "hypercall(code: u64, arg1: u64, arg2: u64): i64", "HVC #0x4a48; on x86 VMCALL or VMMCALL."),
  row(ARM_EVERY, "smc(fn: u64, arg1: u64, arg2: u64, arg3: u64): i64", "SMC #0: PSCI."),
];

export const faults = [
  row(EVERY, "trap(code: u32): void", "Raises the fault with this code; does not return."),
  row(
    INMATE,
    "fault_value(what: u32): u64",
    "While reporting: 0 program counter, 1 fault address, 2 syndrome (on x86 the vector << 32 | the error code), 3 link register, 4 pointer of the access in linear memory.",
  ),
  row(
    INMATE,
    "backtrace(index: u32): u64",
    "While reporting: code address of the index-th caller; 0 at the end. Bit 63 marks a link register: the caller if the address before has no frame.",
  ),
];
