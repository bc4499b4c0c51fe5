/** What a cell has printed, as tests read it: whole lines without their line ends. */
import { LineReader } from "../run/lines.ts";

export class CellConsole {
  readonly #reader = new LineReader();
  readonly lines: string[] = [];
  /** How many lines tests have seen already; they look on behind them. */
  #seen = 0;

  push(bytes: Uint8Array): void {
    this.lines.push(...this.#reader.push(bytes));
  }

  /** All of it, the unfinished line too. */
  get text(): string {
    return this.lines.map((line) => `${line}\n`).join("") + this.#reader.unfinished;
  }

  /** The first line not yet seen that matches; those above it count as seen. `quiet`: nothing more comes for now, so that a prompt counts as a line. */
  take(matches: (line: string) => boolean, quiet: boolean): string | undefined {
    const { unfinished } = this.#reader;
    const lines = quiet && unfinished !== "" ? [...this.lines, unfinished] : this.lines;
    const index = lines.findIndex((line, i) => i >= this.#seen && matches(line));
    if (index < 0) return undefined;
    this.#seen = index + 1;
    return lines[index];
  }

  /** The next `count` lines not yet seen, once they are complete. */
  takeLines(count: number): string[] | undefined {
    if (this.lines.length < this.#seen + count) return undefined;
    this.#seen += count;
    return this.lines.slice(this.#seen - count, this.#seen);
  }

  /** How many lines have come that no test has seen. */
  get unseen(): number {
    return this.lines.length - this.#seen;
  }
}
