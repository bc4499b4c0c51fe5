/** The report when the program cannot go on: cause and where. On the host `run` adds what to look at
 * (scripts/run/hints.ts). */
import * as console from "./console";
import * as kind from "./fault-kinds";
import { hex } from "./format";
import * as jh from "./jh";
import * as print from "./print";
import * as turns from "./turns";

/** For `fault_value`. */
const PROGRAM_COUNTER: u32 = 0;

/** Marks what `backtrace` gives as a link register. */
const LINK: u64 = 1 << 63;
const MOST_CALLERS: u32 = 32;

const LF: u32 = 0x0a;
const PERCENT: u32 = 0x25;
const DIGIT_0: u32 = 0x30;
const LETTER_M: u32 = 0x6d;
const TILDE: u32 = 0x7e;

/** Ends the program: prints the message and where it came from; the cell is "failed". A template allocates nothing. */
export function panic(message: string): void {
  panicBegins();
  print.text(message);
  panicEnds();
}

/** What `panic` with a template is compiled to: this, the pieces, and `panicEnds`. */
export function panicBegins(): void {
  begin();
  startLine();
}
export function panicEnds(): void {
  jh.trap(kind.PANIC);
}

/** One CPU at a time. */
function begin(): void {
  jh.interrupts_off();
  jh.report_begin();
  turns.begin();
}

let abortMessage: string | null = null;
let abortFile: string | null = null;
let abortLine: u32 = 0;
let abortColumn: u32 = 0;

/** AssemblyScript calls it at a failed assertion, an index out of range and the like. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  begin();
  abortMessage = message;
  abortFile = file;
  abortLine = line;
  abortColumn = column;
  jh.trap(kind.ABORT);
}

/** The C runtime calls it with the kind of fault, on the small stack for emergencies; it stops the CPU afterwards. */
export function report(what: u32): void {
  turns.begin();
  if (what != kind.PANIC) startLine();
  let line = kind.CAUSES;
  for (; what > 1; what--) line = behind(line, LF);
  say(line);
  frame(jh.fault_value(PROGRAM_COUNTER));
  let shown: u32 = 0;
  let last: u64 = 0;
  for (let i: u32 = 0; shown < MOST_CALLERS; i++) {
    const caller = jh.backtrace(i);
    if (caller == 0) break;
    // A function that calls itself is named once, and then who called it first.
    if (caller == last) continue;
    frame(caller);
    last = caller;
    shown++;
  }
  turns.leave();
}

/** A link register counts only if the function above it has no frame, which the host's debug information knows. */
function frame(address: u64): void {
  if (address & LINK) console.write("    lr");
  else console.write("    at");
  console.log(` 0x${hex(address & ~LINK)}`);
}

/** Prints a line. */
function say(text: usize): void {
  let c: u32;
  do {
    c = at(text++);
    if (c == PERCENT) value(at(text++));
    else print.byte(c);
  } while (c != LF);
}

function value(name: u32): void {
  if (name == LETTER_M) aborted();
  else console.write(`0x${hex(jh.fault_value(name - DIGIT_0))}`);
}

function aborted(): void {
  // In a program that never aborts the compiler sees that there is nothing to print.
  if (abortLine == 0) return;
  const message = abortMessage;
  if (message == null) console.write("an assertion does not hold");
  else print.text(message);
  // Where in the library says nothing to the user; the callers do.
  if (load<u16>(changetype<usize>(abortFile)) != TILDE) console.write(` (${abortFile}:${abortLine}:${abortColumn})`);
}

function behind(text: usize, end: u32): usize {
  while (at(text) != end) text++;
  return text + 1;
}

/** The words do not come from linear memory, which may be what is broken. */
function at(text: usize): u32 {
  return jh.constant(<u32>text);
}

function startLine(): void {
  print.freshLine();
  console.write("*** ");
  if (jh.more_cpus() != 0) console.write(`CPU ${jh.cpu_index()}: `);
}
