/**
 * What stands behind a branch, a return or a trap in its block never runs, but wasm3 0.5.0 compiles it all the same, and refuses some of it ("no
 * operation found for opcode": found by fuzzing). It becomes `nop`, byte by byte: all offsets stay, by which reports find lines.
 */
import { forEachInstruction, parseModule } from "../wasm/module.ts";

const NOP = 0x01;
const ELSE = 0x05;
const END = 0x0b;
/** block, loop, if */
const OPENING = new Set([0x02, 0x03, 0x04]);
/** unreachable, br, br_table, return */
const LAST = new Set([0x00, 0x0c, 0x0e, 0x0f]);

export function withoutDeadCode(wasm: Uint8Array, what: string): Uint8Array {
  const module = parseModule(wasm, what);
  const bytes = wasm.slice();
  for (const body of module.bodies) {
    /** Where the code behind such an instruction begins. */
    let dead: number | undefined;
    /** Blocks that are open in it. */
    let open = 0;
    let wasLast = false;
    forEachInstruction(module, body, (opcode, at) => {
      if (wasLast) dead = at;
      wasLast = false;
      if (dead === undefined) {
        wasLast = LAST.has(opcode);
      } else if (OPENING.has(opcode)) {
        open++;
      } else if (open > 0) {
        if (opcode === END) open--;
      } else if (opcode === ELSE || opcode === END) {
        bytes.fill(NOP, dead, at);
        dead = undefined;
      }
    });
  }
  return bytes;
}
