/**
 * Model-specific registers. Jailhouse refuses writes to most of those that control the machine (jailhouse-abi 3.3), and
 * one that the CPU does not have raises an exception.
 */
import * as jh from "../jh";

/** RDMSR. */
export function read(register: u32): u64 {
  return jh.msr_read(register);
}

/** WRMSR. */
export function write(register: u32, value: u64): void {
  jh.msr_write(register, value);
}
