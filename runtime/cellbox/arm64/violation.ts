/** A CPU did what its cell may not do: it is parked, and the host gets a report. */
import { fail } from "../cell.ts";
import * as comm from "../comm-region.ts";
import * as jh from "../jh.ts";
import * as backtrace from "./backtrace.ts";
import { ArmCpu } from "./cells.ts";
import { register } from "./frame.ts";
import { ESR_EL2 } from "./registers.ts";

const LINK: u32 = 30;
const REGISTERS: u32 = 31;

/** `size` 0: there is none to tell; `pc`: the instruction. The cell fails when its last CPU has. */
export function report(cpu: ArmCpu, frame: u64, what: string, address: u64, size: u32, pc: u64): void {
  const violation = cpu.violation;
  violation.what = what;
  violation.address = address;
  violation.size = size;
  violation.syndrome = jh.register_read(ESR_EL2);
  violation.pc = pc;
  violation.link = register(frame, LINK);
  const registers = violation.registers;
  for (let n: u32 = 0; n < REGISTERS; n++) registers[n] = register(frame, n);
  violation.registerCount = REGISTERS;
  backtrace.take(cpu, frame);
  jh.barrier();
  violation.pending = true;
  const cell = cpu.cell;
  if (fail(cpu) && cell != null) comm.setState(cell, comm.STATE_FAILED);
}
