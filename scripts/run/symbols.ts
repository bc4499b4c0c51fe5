import { hintFor } from "./hints.ts";
import type { Frame } from "./symbolizer.ts";

/**
 * Gives the frames at an address, innermost first; undefined when the address is not in the program, none when it is a
 * link register that belongs to no call in progress.
 */
export type Symbolize = (addresses: readonly SymbolAddress[]) => (Frame[] | undefined)[];

export interface SymbolAddress {
  address: bigint;
  /** A return address names the statement after the call; the call itself ends just before it. */
  isReturn: boolean;
  /** A link register: the caller of the function at this address, if that has not saved it. */
  linkOf?: bigint;
}

const REPORT_LINE = /^ {4}(at|lr) (0x[0-9a-f]+)(\r?\n)$/;
const LINE_STARTS = ["    at 0x", "    lr 0x"];
const LONGEST_CAUSE = 200;
const LF = 10;
const CR = 13;

/**
 * Rewrites the lines `    at 0x1a2c` of a fault report to `    at divide (main.ts:12:9)`, one line a frame. The first
 * address of a report is where the fault happened, the following ones are return addresses. `    lr 0x1188` is the link
 * register there: it becomes a line too if the function has not saved it, and goes if it has. Below the first frame of the
 * program or the SDK those of the runtime are left out: they are the same in every report. Behind the report comes a line that says
 * what to look at.
 *
 * Everything else passes untouched and at once; only the beginning of a line that may still become such a line waits
 * for its end. Whatever is held back comes out of `end`.
 */
export class SymbolFilter {
  readonly #symbolize: Symbolize;
  /** The unfinished line while it may still be one to rewrite. */
  #held: Buffer = Buffer.alloc(0);
  /** Inside a line that has been passed on in part. */
  #midLine = false;
  /** The line before was an address. */
  #inReport = false;
  /** The address of the line before. */
  #above = 0n;
  /** This report has shown a frame outside of the runtime. */
  #shownProgram = false;
  /** What has come of the current line, and the line before it. */
  #line = "";
  #lineAbove = "";
  /** A line to follow the report. */
  #hint = "";

  constructor(symbolize: Symbolize) {
    this.#symbolize = symbolize;
  }

  push(bytes: Uint8Array): Buffer {
    const lines = cut(Buffer.concat([this.#held, bytes]));
    const unfinished = lines.at(-1)?.at(-1) === LF ? undefined : lines.pop();
    this.#held = Buffer.alloc(0);
    const out = this.#rewrite(lines);
    if (unfinished === undefined) return out;
    if (!this.#midLine && mayBecomeReport(unfinished)) {
      this.#held = unfinished;
      return out;
    }
    this.#midLine = true;
    // The beginning is enough to know a report by; a program may never end its line.
    if (this.#line.length < LONGEST_CAUSE) this.#line += unfinished.toString("latin1");
    return Buffer.concat([out, this.#takeHint(), unfinished]);
  }

  /** What was held back, at the end of the stream. */
  end(): Buffer {
    const rest = Buffer.concat([this.#held, this.#takeHint()]);
    this.#held = Buffer.alloc(0);
    return rest;
  }

  #takeHint(): Buffer {
    const hint = Buffer.from(this.#hint);
    this.#hint = "";
    return hint;
  }

  #passOn(line: Buffer): Buffer {
    this.#lineAbove = (this.#line + line.toString("latin1")).trimEnd();
    this.#line = "";
    return Buffer.concat([this.#takeHint(), line]);
  }

  #rewrite(lines: readonly Buffer[]): Buffer {
    const marked = lines.map((line) => ({ line, found: this.#addressOf(line) }));
    const frames = this.#symbolize(marked.flatMap(({ found }) => (found ? [found] : [])));
    let next = 0;
    return Buffer.concat(
      marked.map(({ line, found }) => (found ? this.#render(line, found, frames[next++]) : this.#passOn(line))),
    );
  }

  #render(line: Buffer, { isReturn }: SymbolAddress, frames: readonly Frame[] | undefined): Buffer {
    const lineEnd = line.at(-2) === CR ? "\r\n" : "\n";
    if (!isReturn) {
      const hint = hintFor(this.#lineAbove, frames?.[0]?.name);
      this.#hint = hint === undefined ? "" : `    hint: ${hint}${lineEnd}`;
      this.#shownProgram = false;
    }
    if (frames === undefined) return line;
    const shown = frames.filter((frame) => {
      this.#shownProgram ||= !frame.inRuntime;
      return frame.isInterrupt || !(frame.inRuntime && this.#shownProgram);
    });
    return Buffer.from(shown.map(({ name, place }) => `    at ${name} (${place})${lineEnd}`).join(""));
  }

  #addressOf(line: Buffer): SymbolAddress | undefined {
    const match = this.#midLine || line.length > 64 ? null : REPORT_LINE.exec(line.toString("latin1"));
    this.#midLine = false;
    const isReturn = this.#inReport;
    this.#inReport = match !== null;
    if (!match) return undefined;
    const address = BigInt(match[2]!);
    if (match[1] === "lr") return { address, isReturn: true, linkOf: this.#above };
    this.#above = address;
    return { address, isReturn };
  }
}

/** Lines with their line ends; the last one may lack it. */
function cut(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from);
    const to = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, to));
    from = to;
  }
  return lines;
}

function mayBecomeReport(line: Buffer): boolean {
  const text = line.toString("latin1");
  if (LINE_STARTS.some((start) => text.length <= start.length && start.startsWith(text))) return true;
  return /^ {4}(at|lr) 0x[0-9a-f]{1,16}\r?$/.test(text);
}
