/** Where a program on wasm3 was when the hypervisor stopped its CPU: the registers hold its last calls (runtime/wasm3/held-calls.h). */

/** By its number, what the call's offset in the module is marked with. */
const TAGS = [0xc1, 0xc2, 0xc3];
const CALL = 0x10;
const CALL_INDIRECT = 0x11;

/** Offsets into the module as reports have them, the innermost call first; none: the CPU was elsewhere. */
export function heldCalls(wasm: Uint8Array, registers: readonly bigint[]): string[] {
  const halves = registers.flatMap((value) => [Number(value >> 32n), Number(value & 0xffff_ffffn)]);
  const found = TAGS.map((tag) =>
    halves
      .filter((half) => half >>> 24 === tag)
      .map((half) => half & 0xffffff)
      .find(isCall),
  );
  const end = found.indexOf(undefined);
  return found.slice(0, end < 0 ? undefined : end).map((offset) => `0x${offset?.toString(16)}`);

  function isCall(offset: number): boolean {
    return wasm[offset] === CALL || wasm[offset] === CALL_INDIRECT;
  }
}
