/** The first CPU's way from QEMU's files to cells that can start. */
import { cells } from "./cell.ts";
import { loadCells, makeCpus } from "./load.ts";
import * as lock from "./lock.ts";
import * as log from "./log.ts";
import { machine } from "./machine.ts";
import * as message from "./message.ts";
import * as pool from "./pool.ts";
import * as run from "./run.ts";
import { tellMisfit } from "./tell.ts";

/** What the run asks for is known afterwards; `start` and `end` bound the pool. */
export function prepare(start: u64, end: u64): void {
  pool.open(start, end);
  lock.open();
  log.open();
  if (!run.open()) giveUp("run");
}

/** `own` gives a cell what its configuration grants, `build` makes its tables; false: something does not fit. */
export function boot(own: (index: u32) => void, build: (index: u32) => bool): void {
  makeCpus();
  if (!loadCells(own)) giveUp("load");
  for (let i = 0; i < cells.length; i++) if (!build(i)) giveUp("tables");
  message.begin("ready");
  // For a debugger, which is for the cell of a run with one.
  message.address("tables", cells[0].table);
  message.end();
}

function giveUp(what: string): void {
  tellMisfit(what);
  machine.off(true);
}
