import { cell, console, cpu, hex, memguard } from "jh-inmate";
import { Control, ENABLE, READS, VERBOSE, WRITES } from "./control";
import { introduce } from "./introduce";
import { buffer, checksum, pass } from "./loops";

const control = new Control();
const id = control.command >> 4;
const MILLISECOND: u32 = 1000;

/** Goes over the buffer until root takes the order back. */
function bomb(kind: string): void {
  const order = control.command;
  const shape = control.shape(buffer.size);
  if (order & VERBOSE) console.log(`[BOMB ${id}] Started ${kind} accesses with size ${shape.size}.`);
  while (control.command & ENABLE) {
    pass(order & (READS | WRITES), shape);
    cell.poll();
  }
  if (!(order & VERBOSE)) return;
  if (order & WRITES) return console.log(`[BOMB ${id}] Done with ${kind} accesses.`);
  console.log(`[BOMB ${id}] Done with READ accesses. Check = 0x${hex(checksum(), 8)}`);
  console.log(`[BOMB ${id}] \tAvg. Time: ${shape.averageTime}`);
}

introduce(id, buffer.base);
while (true) {
  while (!(control.command & ENABLE)) {
    cell.poll();
    cpu.relax();
  }
  if (control.budget > 0) {
    console.log(`[BOMB ${id}] Setting MG budget ${control.budget}`);
    memguard.set(MILLISECOND, control.budget, memguard.PERIODIC);
  }
  const order = control.command & (READS | WRITES);
  if (order == (READS | WRITES)) bomb("READ+WRITE");
  else if (order == READS) bomb("READ");
  else if (order == WRITES) bomb("WRITE");
  else control.refuse(id);
}
