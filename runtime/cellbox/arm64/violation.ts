/** A CPU did what its cell may not do: it is parked, and the host gets a report. */
import { allCpus, CPU_FAILED, Cpu } from "../cell.ts";
import * as comm from "../comm-region.ts";
import * as jh from "../jh.ts";
import * as backtrace from "./backtrace.ts";
import { ESR_EL2 } from "./registers.ts";

/** `size` 0: there is none to tell; `pc`: the instruction. The cell fails when its last CPU has. */
export function report(cpu: Cpu, frame: u64, what: string, address: u64, size: u32, pc: u64): void {
  const violation = cpu.violation;
  violation.what = what;
  violation.address = address;
  violation.size = size;
  violation.syndrome = jh.register_read(ESR_EL2);
  violation.pc = pc;
  backtrace.take(cpu, frame);
  jh.barrier();
  violation.pending = true;
  cpu.state = CPU_FAILED;
  jh.barrier();
  const cell = cpu.cell;
  if (cell != null && allCpus(cell, CPU_FAILED)) comm.setState(cell, comm.STATE_FAILED);
}
