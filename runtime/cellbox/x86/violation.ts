/** A CPU did what its cell may not do: it is parked, and the host gets a report. */
import { fail } from "../cell.ts";
import * as comm from "../comm-region.ts";
import * as jh from "../jh.ts";
import * as backtrace from "./backtrace.ts";
import { PcCpu } from "./cells.ts";
import { register } from "./frame.ts";

/** `value`: the address, or what `what` is about; `size` 0: there is none to tell. Gives false: the CPU leaves its cell, which fails with its last. */
export function report(cpu: PcCpu, frame: u64, what: string, value: u64, size: u32): bool {
  const violation = cpu.violation;
  const block = cpu.block;
  violation.what = what;
  violation.address = value;
  violation.size = size;
  violation.syndrome = block.exitCode;
  violation.pc = block.rip;
  const registers = violation.registers;
  for (let n: u32 = 0; n < 16; n++) registers[n] = register(cpu, frame, n);
  registers[16] = block.rflags;
  registers[17] = block.cr0;
  registers[18] = block.cr2;
  registers[19] = block.cr3;
  registers[20] = block.cr4;
  registers[21] = block.efer;
  violation.registerCount = 22;
  backtrace.take(cpu, frame);
  jh.barrier();
  violation.pending = true;
  const cell = cpu.cell;
  if (fail(cpu) && cell != null) comm.setState(cell, comm.STATE_FAILED);
  return false;
}
