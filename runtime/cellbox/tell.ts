/** What the host hears of cells and CPUs. */
import { Cell, Cpu, cpus } from "./cell.ts";
import * as comm from "./comm-region.ts";
import * as jh from "./jh.ts";
import * as message from "./message.ts";

export function tellState(cell: Cell): void {
  cell.reportedState = comm.state(cell);
  message.begin("state");
  message.count("cell", cell.index);
  message.count("state", cell.reportedState);
  message.end();
}

/** The CPU's violation, if it has one that was not told. */
export function tellReport(cpu: Cpu): void {
  const violation = cpu.violation;
  jh.barrier();
  const cell = cpu.cell;
  if (!violation.pending || cell == null) return;
  violation.pending = false;
  message.begin("violation");
  message.count("cell", cell.index);
  message.count("cpu", cpu.index);
  message.word("what", violation.what);
  message.address("address", violation.address);
  message.count("size", violation.size);
  message.address("syndrome", violation.syndrome);
  message.address("pc", violation.pc);
  message.address("link", violation.link);
  message.addresses("trace", violation.trace, violation.depth);
  message.addresses("registers", violation.registers, violation.registerCount);
  message.end();
}

/** What has brought each CPU of a cell into the monitor, and how often. */
export function tellCounters(): void {
  for (let i = 0; i < cpus.length; i++) {
    const cell = cpus[i].cell;
    if (cell == null) continue;
    message.begin("counters");
    message.count("cell", cell.index);
    message.count("cpu", i);
    message.counts("values", cpus[i].stats);
    message.end();
  }
}

/** The host's input does not fit; it has checked it, so this is a defect between the two. */
export function tellMisfit(what: string): void {
  message.begin("misfit");
  message.word("what", what);
  message.end();
}

/** An exception of the monitor itself, perhaps amid a message. */
export function tellDefect(syndrome: u64, pc: u64, address: u64): void {
  message.abandon();
  message.begin("defect");
  message.address("syndrome", syndrome);
  message.address("pc", pc);
  message.address("address", address);
  message.end();
}
