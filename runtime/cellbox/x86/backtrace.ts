/** Who called whom in a cell: return addresses from the chain of saved frame pointers (System V ABI for x86-64, 3.2.2; i386 has the same). */
import { Cell, LONGEST_TRACE } from "../cell.ts";
import * as jh from "../jh.ts";
import { PcCpu } from "./cells.ts";
import { RBP, register } from "./frame.ts";
import { NOWHERE, translate } from "./guest-memory.ts";

/** Fills the violation's trace. The chain ends at 0, at what is no memory, or where it does not lead upwards. */
export function take(cpu: PcCpu, frame: u64): void {
  const violation = cpu.violation;
  const cell = cpu.cell;
  violation.depth = 0;
  if (cell == null) return;
  const width: u64 = cpu.block.isLong() ? 8 : 4;
  // The call that jumped to nowhere has left only its return address.
  if (violation.what == "fetch") push(cpu, word(cpu, cell, cpu.block.rsp, width));
  let record = register(cpu, frame, RBP);
  while (violation.depth < LONGEST_TRACE && record != 0 && (record & (width - 1)) == 0) {
    const caller = word(cpu, cell, record + width, width);
    if (caller == 0) return;
    push(cpu, caller);
    const next = word(cpu, cell, record, width);
    if (next <= record) return;
    record = next;
  }
}

function push(cpu: PcCpu, caller: u64): void {
  const violation = cpu.violation;
  if (caller != 0) violation.trace[violation.depth++] = caller;
}

/** What is at an address of the stack; 0: nothing is. */
function word(cpu: PcCpu, cell: Cell, address: u64, width: u64): u64 {
  const place = translate(cpu, cell, cpu.block.isLong() ? address : cpu.block.stackBase + address);
  if (place == NOWHERE) return 0;
  return width == 8 ? jh.load64(place) : jh.load32(place);
}
