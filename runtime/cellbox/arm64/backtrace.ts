/** Who called whom in a cell: return addresses from the chain of frame records (AAPCS64 6.4.6). */
import { LONGEST_TRACE } from "../cell.ts";
import * as jh from "../jh.ts";
import { ArmCpu } from "./cells.ts";
import { register } from "./frame.ts";

const FRAME_POINTER: u32 = 29;
/** Below are devices, which a look may change, or which do not answer. */
const RAM_START: u64 = 0x40000000;
/** PAR_EL1: the translation failed; else the physical page (Arm ARM D17.2, PAR_EL1). */
const PAR_FAILED: u64 = 1;
const PAR_PAGE: u64 = 0xffff_ffff_f000;

/**
 * Fills the violation's trace. The chain ends at 0, at what is no memory, or where it does not lead upwards. After a jump to nowhere the link
 * register is the caller for certain, and belongs to the trace.
 */
export function take(cpu: ArmCpu, frame: u64): void {
  const violation = cpu.violation;
  violation.depth = 0;
  const first = register(frame, FRAME_POINTER);
  const link = violation.what == "fetch" ? violation.link : 0;
  if (link != 0) {
    violation.trace[violation.depth++] = link;
    violation.link = 0;
  }
  let record = first;
  while (violation.depth < LONGEST_TRACE && record != 0 && (record & 7) == 0) {
    const here = physical(record);
    const above = physical(record + 8);
    if (here == 0 || above == 0) return;
    const caller = jh.load64(above);
    if (caller == 0) return;
    // A jump that is no call leaves the caller's address in the link register and in the newest record.
    if (record != first || caller != link) violation.trace[violation.depth++] = caller;
    const next = jh.load64(here);
    if (next <= record) return;
    record = next;
  }
}

/** Where the cell's virtual address is in memory, through its own tables and the monitor's; 0: nowhere. */
function physical(address: u64): u64 {
  const result = jh.translate_guest(address);
  const place = (result & PAR_PAGE) | (address & 0xfff);
  return (result & PAR_FAILED) != 0 || place < RAM_START ? 0 : place;
}
