/** Runs in wasm3 when the user's module cannot: says why, on the console of whatever cell it is. A part of the image (engine-image.ts). */
import * as jh from "jh-inmate/jh";
import * as machine from "jh-inmate/machine/cpu";
import * as print from "jh-inmate/print";

/** Where main.c answers `constant` with what there is to say. */
const WORDS: usize = 0xffff0000;

jh.interrupts_restore(0);
machine.start();

export function say(): void {
  print.zeroEnded(WORDS);
}

export function abort(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  jh.halt();
}
