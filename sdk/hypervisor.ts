/** Calls to the hypervisor that have no place elsewhere in the SDK. Those of cells that manage others are refused. */
import * as jh from "./jh";

/** What the hypervisor answers to a call that it does not know. */
export const UNKNOWN_CALL: i64 = -38;

/** Of the real-time fork (jailhouse-abi 6.4). */
const TRANSLATION_DEBUG: u64 = 12;

/** Any call, with its number; the result is the hypervisor's, in C below 0 for an error. */
export function call(code: u64, arg1: u64 = 0, arg2: u64 = 0): i64 {
  return jh.hypercall(code, arg1, arg2);
}

/**
 * Lets the real-time fork's hypervisor print on its console where a virtual address of this CPU leads to (both stages, for reads).
 * False: this hypervisor cannot.
 */
export function logTranslation(address: u64): bool {
  return jh.hypercall(TRANSLATION_DEBUG, address, 0) != UNKNOWN_CALL;
}
