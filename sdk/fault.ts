/** The report when the program cannot go on: cause, where, hint. */
import * as console from "./console";
import * as kind from "./fault-kinds";
import { hex } from "./format";
import * as jh from "./jh";
import * as print from "./print";

/** For `fault_value`. */
const PROGRAM_COUNTER: u32 = 0;

/** Marks what `backtrace` gives as a link register. */
const LINK: u64 = 1;
const MOST_CALLERS: u32 = 32;

const LF: u32 = 0x0a;
const PERCENT: u32 = 0x25;
const BAR: u32 = 0x7c;
const DIGIT_0: u32 = 0x30;
const LETTER_L: u32 = 0x6c;
const LETTER_M: u32 = 0x6d;

/** Ends the program: prints the message and where it came from; the cell is "failed". A template allocates nothing. */
export function panic(message: string): void {
  panicBegins();
  print.text(message);
  panicEnds();
}

/** What `panic` with a template is compiled to: this, the pieces, and `panicEnds`. */
export function panicBegins(): void {
  jh.interrupts_off();
  startLine();
}
export function panicEnds(): void {
  jh.trap(kind.PANIC);
}

let abortMessage: string | null = null;
let abortFile: string | null = null;
let abortLine: u32 = 0;
let abortColumn: u32 = 0;

/** AssemblyScript calls it at a failed assertion, an index out of range and the like. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  abortMessage = message;
  abortFile = file;
  abortLine = line;
  abortColumn = column;
  jh.trap(kind.ABORT);
}

/** The C runtime calls it with the kind of fault, on the small stack for emergencies; it stops the CPU afterwards. */
export function report(what: u32): void {
  if (what != kind.PANIC) startLine();
  let line = kind.CAUSES;
  for (; what > 1; what--) line = behind(line, LF);
  line = say(line);
  frame(jh.fault_value(PROGRAM_COUNTER));
  for (let i: u32 = 0; i < MOST_CALLERS; i++) {
    const caller = jh.backtrace(i);
    if (caller == 0) break;
    frame(caller);
  }
  if (load<u8>(line - 1) == BAR) say(line);
}

/** A link register counts only if the function above it has no frame, which the host's debug information knows. */
function frame(address: u64): void {
  if (address & LINK) console.write("    lr");
  else console.write("    at");
  console.log(` 0x${hex(address & ~LINK)}`);
}

/** Prints up to the bar or the end of the line; returns where the next text begins. */
function say(text: usize): usize {
  while (true) {
    const c: u32 = load<u8>(text++);
    if (c == BAR || c == LF) {
      print.byte(LF);
      return text;
    }
    if (c == PERCENT) value(load<u8>(text++));
    else print.byte(c);
  }
}

function value(name: u32): void {
  if (name == LETTER_M) aborted();
  else console.write(`0x${hex(name == LETTER_L ? <u64>jh.memory_limit() : jh.fault_value(name - DIGIT_0))}`);
}

function aborted(): void {
  // In a program that never aborts the compiler sees that there is nothing to print.
  if (abortLine != 0) console.write(`${abortMessage} (${abortFile}:${abortLine}:${abortColumn})`);
}

function behind(text: usize, end: u32): usize {
  while (load<u8>(text) != end) text++;
  return text + 1;
}

function startLine(): void {
  print.freshLine();
  console.write("*** ");
}
