import { UserError } from "../errors.ts";
import { LineReader } from "./lines.ts";

/** How long the console must be quiet before an unfinished line (a prompt) is looked at, milliseconds. */
const QUIET = 100;

/**
 * Waits for a line that matches. Lines are matched when they are complete, so that `/Hello 1$/` does not match the
 * beginning of "Hello 12"; one without an end is matched when nothing more comes.
 */
export class Expectation {
  readonly pattern: RegExp;
  readonly #lines: LineReader[] = [];
  readonly #onMatch: () => void;
  #quiet: NodeJS.Timeout | undefined;
  matched = false;

  constructor(pattern: RegExp, onMatch: () => void) {
    this.pattern = pattern;
    this.#onMatch = onMatch;
  }

  push(cell: number, bytes: Uint8Array): void {
    this.#lines[cell] ??= new LineReader();
    const lines = this.#lines[cell];
    for (const line of lines.push(bytes)) this.#look(line);
    clearTimeout(this.#quiet);
    if (!this.matched) this.#quiet = setTimeout(() => this.#look(lines.unfinished), QUIET);
  }

  /** At the end of the console: whether there was a match. */
  end(): boolean {
    clearTimeout(this.#quiet);
    for (const lines of this.#lines) if (lines) this.#look(lines.unfinished);
    return this.matched;
  }

  #look(line: string): void {
    if (this.matched || !this.pattern.test(line)) return;
    this.matched = true;
    this.#onMatch();
  }
}

export function expectedPattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const why = (error as Error).message.replace(/^Invalid regular expression: /, "");
    throw new UserError(`--expect ${text} is not a regular expression: ${why}`);
  }
}
