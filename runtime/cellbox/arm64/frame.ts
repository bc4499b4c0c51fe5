/** The cell's registers while its CPU is in the monitor: a frame on that CPU's stack (frame.h). */
import * as jh from "../jh.ts";

export const EXIT_SYNCHRONOUS: u32 = 0;
export const EXIT_INTERRUPT: u32 = 1;
export const EXIT_SERROR: u32 = 2;

const PC: u64 = 31 * 8;
const PSTATE: u64 = 32 * 8;
const VALUE: u64 = 33 * 8;

/** Xn; number 31 is XZR, as in the syndrome of a data abort. */
export function register(frame: u64, n: u32): u64 {
  return n == 31 ? 0 : jh.load64(frame + 8 * n);
}

export function setRegister(frame: u64, n: u32, value: u64): void {
  if (n != 31) jh.store64(frame + 8 * n, value);
}

export function programCounter(frame: u64): u64 {
  return jh.load64(frame + PC);
}

export function setProgramCounter(frame: u64, address: u64): void {
  jh.store64(frame + PC, address);
}

/** Steps over the trapped instruction: on AArch64 each has 4 bytes. */
export function skipInstruction(frame: u64): void {
  jh.store64(frame + PC, jh.load64(frame + PC) + 4);
}

export function pstate(frame: u64): u64 {
  return jh.load64(frame + PSTATE);
}

export function setPstate(frame: u64, value: u64): void {
  jh.store64(frame + PSTATE, value);
}

/** Native address of the value of an access that is being emulated. */
export function valueAddress(frame: u64): u64 {
  return frame + VALUE;
}
