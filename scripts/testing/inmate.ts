/** A cell as a test sees it. */
import type { CellState } from "../cell-state.ts";
import type { Simulator } from "../sim/simulator.ts";
import { failureAt, failureMessage } from "./failure.ts";
import { type CellView, type Host, hasEnded, type Reply, type TargetName } from "./host.ts";

/** Milliseconds on the inmate's clock. */
const DEFAULT_WITHIN = 5000;

export interface Waiting {
  /** How long to wait, milliseconds on the inmate's clock; 5000 if it is not said. */
  within?: number;
}

export class Inmate {
  readonly #host: Host;
  readonly #index: number;

  constructor(host: Host, index: number) {
    this.#host = host;
    this.#index = index;
  }

  /** The program's name, as in NAME.bin. */
  get name(): string {
    return this.#view.name;
  }

  /** What it runs on. */
  get target(): TargetName {
    return this.#host.target;
  }

  get state(): CellState {
    return this.#view.state;
  }

  /** The simulator that it runs in, for what only it can do: to raise interrupts, to read memory; undefined on cellbox. */
  get simulator(): Simulator | undefined {
    return this.#view.simulator;
  }

  /** All that it has printed, with "\n" at the ends of lines; fault reports name lines of TypeScript. */
  get console(): string {
    return this.#view.console.text;
  }

  /** What the hypervisor said about it: a report of a forbidden access, the answer to a shutdown request. */
  get notes(): readonly string[] {
    return this.#view.notes;
  }

  /** Waits for a line that matches and gives it. Looks on behind the lines that were asked for before. A string is to be part of the line. */
  async line(pattern: RegExp | string, { within = DEFAULT_WITHIN }: Waiting = {}): Promise<string> {
    const failure = failureAt(this.line);
    const matches = (line: string) =>
      typeof pattern === "string" ? line.includes(pattern) : line.search(pattern) >= 0;
    const line = await this.#until((quiet) => this.#view.console.take(matches, quiet), within);
    if (line !== undefined) return line;
    const shown = typeof pattern === "string" ? JSON.stringify(pattern) : pattern;
    throw failure(this.#explain(`no line matched ${shown}${this.#whyNot(within)}`));
  }

  /** Waits for the next `count` whole lines and gives them. */
  async lines(count: number, { within = DEFAULT_WITHIN }: Waiting = {}): Promise<string[]> {
    const failure = failureAt(this.lines);
    const lines = await this.#until(() => this.#view.console.takeLines(count), within);
    if (lines) return lines;
    throw failure(this.#explain(`${this.#view.console.unseen} of ${count} lines came${this.#whyNot(within)}`));
  }

  /** Waits until the cell has ended, and gives its state then. */
  async end({ within = DEFAULT_WITHIN }: Waiting = {}): Promise<CellState> {
    const failure = failureAt(this.end);
    await this.#until(() => undefined, within);
    if (hasEnded(this.state)) return this.state;
    throw failure(this.#explain(`the cell did not end within ${within} ms`));
  }

  /** Lets so many milliseconds pass on the inmate's clock; all cells that were started together go on. */
  async advance(milliseconds: number): Promise<void> {
    await this.#host.advance(milliseconds);
  }

  /** Asks the cell to shut down, and waits for its answer. */
  async shutdown({ within = DEFAULT_WITHIN }: Waiting = {}): Promise<Reply> {
    const failure = failureAt(this.shutdown);
    if (hasEnded(this.state)) throw failure(this.#explain("no shutdown request: the cell has ended before"));
    const reply = await this.#host.shutdown(this.#index, within);
    if (reply) return reply;
    throw failure(this.#explain(`no answer to the shutdown request${this.#whyNot(within)}`));
  }

  /** Ends the cell, and those that were started with it. */
  async stop(): Promise<void> {
    await this.#host.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #view(): CellView {
    return this.#host.cells[this.#index] as CellView;
  }

  #until<T>(found: (quiet: boolean) => T | undefined, within: number): Promise<T | undefined> {
    return this.#host.until(this.#index, found, within);
  }

  #whyNot(within: number): string {
    return hasEnded(this.state) ? " before the cell ended" : ` within ${within} ms`;
  }

  #explain(what: string): string {
    return failureMessage(`${this.name}: ${what}`, this.#view);
  }
}
