/**
 * The cell's side of the dialogue with the hypervisor.
 *
 * The hypervisor writes a message and waits for the answer, with the root cell stopped; no interrupt tells the cell. So
 * a program that is not passive has to look: `serve` and `sleep` do it every 10 ms or more often, a program with its
 * own loop calls `poll`.
 */

import * as machine from "jh-inmate/machine/cpu";
import * as comm from "./comm-region";
import * as console from "./console";
import * as jh from "./jh";
import * as timer from "./timer";

export {
  consoleAddress,
  consoleClock,
  consoleDivider,
  consoleFlags,
  consoleGate,
  consoleType,
  flags,
  giccBase,
  gicdBase,
  gicrBase,
  gicVersion,
  pciMmconfigBase,
  state,
  vpciIrqBase,
} from "./comm-region";

let mayShutDown: (() => bool) | null = null;

/**
 * `fn` decides about a shutdown request: false refuses it ("Operation not permitted" in root). Without it every request
 * is granted.
 */
export function onShutdown(fn: () => bool): void {
  mayShutDown = fn;
}

/** Waits for interrupts for ever and answers messages. */
export function serve(): void {
  while (true) {
    poll();
    machine.wait();
  }
}

/** Waits at least `ns` nanoseconds and answers messages meanwhile. */
export function sleep(ns: u64): void {
  const end = timer.after(ns);
  do poll();
  while (timer.approaches(end));
}

/** Answers the hypervisor's message, if there is one. Not for handlers: it may end the program. */
export function poll(): void {
  const message = comm.message();
  if (message != comm.NO_MESSAGE) answer(message);
}

function answer(message: u32): void {
  if (message == comm.SHUTDOWN_REQUEST) {
    const decide = mayShutDown;
    if (decide != null && !decide()) comm.reply(comm.REPLY_DENIED);
    else shutDown();
  } else if (message == comm.RECONFIG_COMPLETED) {
    comm.reply(comm.REPLY_RECEIVED);
  } else {
    // The hypervisor waits: first the answer.
    comm.reply(comm.REPLY_UNKNOWN);
    console.log(`*** unknown message ${message} of the hypervisor`);
  }
}

/**
 * The state goes first: from the moment of the reply on the hypervisor may stop this CPU anywhere, and root must not
 * see "running" then. No handler runs any more, the devices stay as they are.
 */
function shutDown(): void {
  jh.interrupts_off();
  comm.setState(comm.SHUT_DOWN);
  jh.barrier_store();
  comm.reply(comm.REPLY_APPROVED);
  jh.halt();
}

/** While locked, root can neither create nor destroy any cell ("running/locked"). */
export function lock(): void {
  comm.setState(comm.RUNNING_LOCKED);
}
export function unlock(): void {
  comm.setState(comm.RUNNING);
}

/** Ends the program: the cell is "shut down". What the end of the top-level code does too. */
export function exit(): void {
  end(comm.SHUT_DOWN);
}

/** Ends the program: the cell is "failed". `panic` says why as well. */
export function fail(): void {
  end(comm.FAILED);
}

function end(state: u32): void {
  jh.interrupts_off();
  comm.setState(state);
  jh.barrier_store();
  jh.halt();
}
