/** A CPU as it enters its cell, by a start of the cell or by a SIPI (jailhouse-abi 3.3). */
import { PcCell, PcCpu } from "./cells.ts";
import { setRegister } from "./frame.ts";
import * as localApic from "./local-apic.ts";
import * as msr from "./msr.ts";

const PAT_RESET: u64 = 0x0007040600070406;

/** The cell starts: the CPU begins at the reset address. */
export function start(cpu: PcCpu, cell: PcCell, frame: u64): void {
  cpu.mtrrs = false;
  cpu.pat = PAT_RESET;
  const address = cpu.entry;
  enter(cpu, cell, frame, <u32>(address >> 4) & 0xf000, address & ~0xffff, address & 0xffff);
}

/** INIT and SIPI: at the page that the vector names; MTRRs and PAT are kept. */
export function startAgain(cpu: PcCpu, cell: PcCell, frame: u64, vector: u32): void {
  enter(cpu, cell, frame, vector << 8, (<u64>vector) << 12, 0);
}

function enter(cpu: PcCpu, cell: PcCell, frame: u64, selector: u32, base: u64, offset: u64): void {
  localApic.reset(cpu.index);
  cpu.destination = 0;
  cpu.usesDeadline = false;
  for (let n: u32 = 0; n < 16; n++) setRegister(cpu, frame, n, 0);
  cpu.block.confine(cell.portBitmap, msr.bitmap(), cell.table, cell.index + 1);
  cpu.block.reset(selector, base, offset);
  msr.applyPat(cpu);
}
