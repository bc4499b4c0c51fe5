/** What `dev` shows: the inmate's console on stdout, its own words on stderr. */
import type { Style } from "../../boards/describe/index.ts";

const LF = 10;
const WIDTH = 72;

export class Screen {
  readonly style: Style;
  #midLine = false;

  constructor(style: Style) {
    this.style = style;
  }

  console(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#midLine = bytes.at(-1) !== LF;
    process.stdout.write(bytes);
  }

  /** A line of our own. */
  say(text: string): void {
    // On a terminal it would go on in the inmate's unfinished line.
    process.stderr.write(`${this.#midLine && process.stdout.isTTY ? "\n" : ""}${text}\n`);
    this.#midLine = false;
  }

  /** The line between what the console showed before and what comes now. */
  rule(text: string): void {
    const rest = "─".repeat(Math.max(2, WIDTH - text.length - 4));
    this.say(this.style.faint(`── ${text} ${rest}`));
  }
}
