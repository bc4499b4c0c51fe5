/** The monitor's core: starts the cells, watches their states, takes the host's commands, and ends QEMU. */
import { Cell, COMMAND_NONE, COMMAND_START, COMMAND_STOP, Cpu, cells, command, cpus, isParked } from "./cell.ts";
import { FLAG_PASSIVE } from "./cell-file.ts";
import * as comm from "./comm-region.ts";
import * as consoles from "./consoles.ts";
import * as jh from "./jh.ts";
import * as log from "./log.ts";
import { machine } from "./machine.ts";
import * as message from "./message.ts";
import * as run from "./run.ts";
import { tellCounters, tellReport, tellState } from "./tell.ts";

/** Microseconds between two looks; while a reply is awaited it is looked for more often, to tell how long it took. */
const INTERVAL: u64 = 2000;
const INTERVAL_WAITING: u64 = 50;
/** One iteration of Jailhouse's waiting loop, nanoseconds: msg_reply_timeout counts them. */
const NANOSECONDS_PER_ITERATION: u64 = 10;

const COMMAND_SHUTDOWN: i32 = 0x73; // "s"
const COMMAND_RESTART: i32 = 0x72; // "r"
const COMMAND_UNKNOWN: i32 = 0x75; // "u"
const COMMAND_COUNTERS: i32 = 0x63; // "c"
const COMMAND_END: i32 = 0x78; // "x"
const COMMAND_SHUTDOWN_ONE: i32 = 0x41; // "A": the first cell, "B": the second …

/** Runs the cells until the end; does not return. */
export function control(): void {
  for (let i = 0; i < cells.length; i++) start(cells[i]);
  const started = jh.counter();
  const deadline = run.deadline(started);
  let shutdownTime = run.shutdownTime(started);
  const patience = shutdownTime - started;
  for (;;) {
    const interval = waiting() ? INTERVAL_WAITING : INTERVAL;
    if (!consoles.passOn()) machine.sleepUntil(jh.counter() + (interval * machine.hz()) / 1000000);
    // Before the look at the states: a cell that says "shut down" ends the run, and its reply is to be told.
    for (let i = 0; i < cells.length; i++) awaitReply(cells[i]);
    tellNews();
    if (ended() && !run.holds()) return finish("done");
    if (jh.counter() >= deadline) return finish("time");
    if (jh.counter() >= shutdownTime) {
      // A cell that refuses is asked again.
      shutdownTime += patience;
      requestAll(false);
    }
    for (let byte = machine.hear(); byte >= 0; byte = machine.hear()) {
      if (byte == COMMAND_END) return finish("stop");
      if (byte == COMMAND_SHUTDOWN) requestAll(false);
      if (byte == COMMAND_RESTART) requestAll(true);
      const one = byte - COMMAND_SHUTDOWN_ONE;
      if (one >= 0 && one < cells.length) request(cells[one], false);
      if (byte == COMMAND_COUNTERS) tellCounters();
      if (byte == COMMAND_UNKNOWN) comm.send(cells[0], comm.MESSAGE_UNKNOWN);
    }
  }
}

/** From the reset address, with whatever is in its RAM. */
function start(cell: Cell): void {
  machine.resetShared(cell);
  for (let i = 0; i < cell.functions.length; i++) cell.functions[i].reset();
  comm.fill(cell);
  cell.restart = false;
  // Before the cell says anything itself.
  tellNews();
  for (let i = 0; i < cpus.length; i++) {
    const cpu = cpus[i];
    if (!machine.begins(cell, cpu)) continue;
    cpu.entry = cell.file.resetAddress;
    jh.barrier();
    order(cpu, COMMAND_START);
  }
}

/** All its CPUs sleep in the monitor when this returns. One that still ran may have turned on one that slept already: then again. */
function park(cell: Cell): void {
  do {
    for (let i = 0; i < cpus.length; i++) if (cpus[i].cell == cell) order(cpus[i], COMMAND_STOP);
  } while (!isParked(cell));
}

/** The CPU has seen the command when this returns. YIELD lets QEMU turn to it where one thread runs all CPUs (`-icount`). */
function order(cpu: Cpu, what: u32): void {
  command(cpu, what);
  machine.kick(cpu);
  while (cpu.command != COMMAND_NONE) {
    // It may be waiting for room on its console, or for what it logs.
    consoles.passOn();
    log.tell();
    jh.relax();
  }
}

function requestAll(restart: bool): void {
  for (let i = 0; i < cells.length; i++) request(cells[i], restart);
}

/** As `jailhouse cell shutdown` and `cell start`: a cell that takes messages and has not ended is asked first. */
function request(cell: Cell, restart: bool): void {
  cell.restart = restart;
  if ((cell.file.flags & FLAG_PASSIVE) != 0 || comm.isTerminal(comm.state(cell))) return shutDown(cell);
  if (cell.requested != 0) return;
  cell.requested = jh.counter();
  comm.send(cell, comm.MESSAGE_SHUTDOWN);
}

/** The wait ends with the reply, when the cell ends by itself, or by its configured timeout. */
function awaitReply(cell: Cell): void {
  if (cell.requested == 0) return;
  const reply = comm.reply(cell);
  const approved = reply == comm.REPLY_APPROVED || comm.isTerminal(comm.state(cell));
  const microseconds = ((jh.counter() - cell.requested) * 1000000) / machine.hz();
  const timeout = (cell.file.replyTimeout * NANOSECONDS_PER_ITERATION) / 1000;
  const late = timeout != 0 && microseconds > timeout;
  if (reply == 0 && !approved && !late) return;
  cell.requested = 0;
  message.begin(approved ? "approved" : late ? "silent" : "refused");
  message.count("cell", cell.index);
  message.count("reply", reply);
  message.count("microseconds", microseconds);
  message.end();
  if (approved) shutDown(cell);
  else if (late) comm.setState(cell, comm.STATE_FAILED);
  else cell.restart = false;
}

function shutDown(cell: Cell): void {
  park(cell);
  for (let i = 0; i < cell.functions.length; i++) cell.functions[i].reset();
  tellNews();
  comm.setState(cell, comm.STATE_SHUT_DOWN);
  tellNews();
  if (cell.restart) start(cell);
}

function waiting(): bool {
  for (let i = 0; i < cells.length; i++) if (cells[i].requested != 0) return true;
  return false;
}

function ended(): bool {
  for (let i = 0; i < cells.length; i++) if (!comm.isTerminal(cells[i].reportedState)) return false;
  return true;
}

/** Violations before the states: they are the reason. */
function tellNews(): void {
  log.tell();
  for (let i = 0; i < cpus.length; i++) tellReport(cpus[i]);
  for (let i = 0; i < cells.length; i++) if (comm.state(cells[i]) != cells[i].reportedState) tellState(cells[i]);
}

function finish(reason: string): void {
  consoles.passOnAll();
  tellNews();
  let failed = false;
  for (let i = 0; i < cells.length; i++) {
    const state = cells[i].reportedState;
    if (state == comm.STATE_FAILED || state == comm.STATE_REVISION_MISMATCH) failed = true;
  }
  message.begin("end");
  message.word("reason", reason);
  message.end();
  machine.off(failed);
}
