import type { Frame } from "./frame.ts";
import { type Hints, hintFor } from "./hints.ts";

/**
 * Gives the frames at an address, innermost first; undefined when the address is not in the program, none when it is a
 * link register that belongs to no call in progress.
 */
export interface Symbolize {
  (addresses: readonly SymbolAddress[]): (Frame[] | undefined)[];
  /** What is different about the programs whose addresses these are. */
  readonly hints?: Hints;
}

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
/** Arguments that a call takes. */
const PIECE = 0x1000;

/** A console's bytes as a string, one character a byte: whatever a program prints passes unchanged. */
export type ByteString = string;

export function byteString(bytes: Uint8Array): ByteString {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE)
    pieces.push(String.fromCharCode.apply(null, bytes.subarray(from, from + PIECE) as unknown as number[]));
  return pieces.join("");
}

export function bytesOfString(text: ByteString): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * Rewrites the lines `    at 0x1a2c` of a fault report to `    at divide (main.ts:12:9)`, one line a frame. The first
 * address of a report is where the fault happened, the following ones are return addresses. `    lr 0x1188` is the link
 * register there: it becomes a line too if the function has not saved it, and goes if it has. Below the first frame of the
 * program or the SDK those of the runtime are left out: they are the same in every report. Behind the report comes a line that says
 * what to look at.
 *
 * Everything else passes untouched and at once; only the beginning of a line that may still become such a line waits
 * for its end. Whatever is held back comes out of `end`. Knows no Node, as the simulator's console goes through it, too.
 */
export class ReportFilter {
  readonly #symbolize: Symbolize;
  /** The unfinished line while it may still be one to rewrite. */
  #held: ByteString = "";
  /** Inside a line that has been passed on in part. */
  #midLine = false;
  /** The line before was an address. */
  #inReport = false;
  /** The address of the line before. */
  #above = 0n;
  /** This report has shown a frame outside of the runtime. */
  #shownProgram = false;
  /** What has come of the current line, and the line before it. */
  #line: ByteString = "";
  #lineAbove: ByteString = "";
  /** A line to follow the report. */
  #hint: ByteString = "";

  constructor(symbolize: Symbolize) {
    this.#symbolize = symbolize;
  }

  push(text: ByteString): ByteString {
    const lines = cut(this.#held + text);
    const unfinished = lines.at(-1)?.endsWith("\n") ? undefined : lines.pop();
    this.#held = "";
    const out = this.#rewrite(lines);
    if (unfinished === undefined) return out;
    if (!this.#midLine && mayBecomeReport(unfinished)) {
      this.#held = unfinished;
      return out;
    }
    this.#midLine = true;
    // The beginning is enough to know a report by; a program may never end its line.
    if (this.#line.length < LONGEST_CAUSE) this.#line += unfinished;
    return out + this.#takeHint() + unfinished;
  }

  /** What was held back, at the end of the stream. */
  end(): ByteString {
    const rest = this.#held + this.#takeHint();
    this.#held = "";
    return rest;
  }

  #takeHint(): ByteString {
    const hint = this.#hint;
    this.#hint = "";
    return hint;
  }

  #passOn(line: ByteString): ByteString {
    this.#lineAbove = (this.#line + line).trimEnd();
    this.#line = "";
    return this.#takeHint() + line;
  }

  #rewrite(lines: readonly ByteString[]): ByteString {
    const marked = lines.map((line) => ({ line, found: this.#addressOf(line) }));
    const frames = this.#symbolize(marked.flatMap(({ found }) => (found ? [found] : [])));
    let next = 0;
    return marked
      .map(({ line, found }) => (found ? this.#render(line, found, frames[next++]) : this.#passOn(line)))
      .join("");
  }

  #render(line: ByteString, { isReturn }: SymbolAddress, frames: readonly Frame[] | undefined): ByteString {
    const lineEnd = line.endsWith("\r\n") ? "\r\n" : "\n";
    if (!isReturn) {
      const hint = hintFor(this.#lineAbove, frames?.[0]?.name, this.#symbolize.hints);
      this.#hint = hint === undefined ? "" : `    hint: ${hint}${lineEnd}`;
      this.#shownProgram = false;
    }
    if (frames === undefined) return line;
    const shown = frames.filter((frame) => {
      this.#shownProgram ||= !frame.inRuntime;
      return frame.isInterrupt || !(frame.inRuntime && this.#shownProgram);
    });
    const text = shown.map(({ name, place }) => `    at ${name} (${place})${lineEnd}`).join("");
    return byteString(new TextEncoder().encode(text));
  }

  #addressOf(line: ByteString): SymbolAddress | undefined {
    const match = this.#midLine || line.length > 64 ? null : REPORT_LINE.exec(line);
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

/** The same for the bytes of a stream. */
export class SymbolFilter {
  readonly #filter: ReportFilter;

  constructor(symbolize: Symbolize) {
    this.#filter = new ReportFilter(symbolize);
  }

  push(bytes: Uint8Array): Buffer {
    return Buffer.from(this.#filter.push(Buffer.from(bytes).toString("latin1")), "latin1");
  }

  end(): Buffer {
    return Buffer.from(this.#filter.end(), "latin1");
  }
}

/** Lines with their line ends; the last one may lack it. */
function cut(text: ByteString): ByteString[] {
  const lines: ByteString[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const to = end < 0 ? text.length : end + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}

function mayBecomeReport(line: ByteString): boolean {
  if (LINE_STARTS.some((start) => line.length <= start.length && start.startsWith(line))) return true;
  return /^ {4}(at|lr) 0x[0-9a-f]{1,16}\r?$/.test(line);
}
