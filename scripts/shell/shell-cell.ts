/** A cell of the session. Each has a machine of its own, which begins when it is started first and ends when it is destroyed or loaded anew. */

import { type Board, type CellConfig, encodeCell, type FormatName, formats } from "../../boards/index.ts";
import { type CellState, stateName } from "../cell-state.ts";
import type { NamedModule } from "../pipeline/wasm3/debug-file.ts";
import { type CellboxRun, startCellbox } from "../run/cellbox.ts";
import type { Message } from "../run/cellbox-messages.ts";
import { explainViolation } from "../run/cellbox-violation.ts";
import { jobSymbolizer } from "../run/job-symbolizer.ts";
import { SymbolFilter } from "../run/symbols.ts";
import type { CellJob } from "../run/target.ts";

export interface Load {
  /** Cell address. */
  readonly address: bigint;
  readonly bytes: Uint8Array;
  readonly elf?: string | undefined;
  readonly module?: NamedModule | undefined;
}

export interface Listener {
  output(cell: ShellCell, bytes: Uint8Array): void;
  /** A line of the hypervisor's. */
  log(line: string): void;
}

/** What a cell is made from. */
export interface Made {
  readonly board: Board;
  readonly config: CellConfig;
  readonly format: FormatName;
  /** How its configuration was called. */
  readonly file: string;
  /** As of RunOptions. */
  readonly tscDeadline?: boolean | undefined;
}

export class ShellCell implements Made {
  readonly id: number;
  readonly board: Board;
  readonly config: CellConfig;
  readonly format: FormatName;
  readonly file: string;
  readonly tscDeadline: boolean | undefined;
  readonly #listener: Listener;
  state: CellState = "shut down";
  /** CPUs that the hypervisor has stopped. */
  failedCpus: number[] = [];
  #loads: Load[] = [];
  #run: CellboxRun | undefined;
  #waiters: ((message: Message) => void)[] = [];

  constructor(id: number, made: Made, listener: Listener) {
    this.id = id;
    this.board = made.board;
    this.config = made.config;
    this.format = made.format;
    this.file = made.file;
    this.tscDeadline = made.tscDeadline;
    this.#listener = listener;
  }

  get name(): string {
    return this.config.name;
  }

  get isRunning(): boolean {
    return this.state === "running" || this.state === "running/locked";
  }

  /** What is loaded comes over what was loaded before. */
  load(loads: readonly Load[]): void {
    this.#end();
    this.#loads.push(...loads);
  }

  /** From the reset address, with what is in its memory. */
  async start(): Promise<void> {
    this.failedCpus = [];
    if (this.#run) {
      const running = this.#next(({ kind }) => kind === "state");
      this.#run.startAgain();
      await running;
      return;
    }
    const job = this.#job();
    const run = await startCellbox([job], { hold: true, tscDeadline: this.tscDeadline });
    this.#run = run;
    this.state = "running";
    const symbolize = jobSymbolizer(job);
    const filter = symbolize && new SymbolFilter(symbolize);
    run.onOutput((_, bytes) => this.#listener.output(this, filter ? filter.push(bytes) : bytes));
    const first = this.#next(({ kind }) => kind === "ready" || kind === "state" || kind === "end");
    run.onMessage((message) => this.#take(run, message));
    void run.done.then(({ notes }) => this.#lost(run, notes));
    await first;
  }

  /** Asks it if it takes messages. False: it refuses. */
  async shutdown(): Promise<boolean> {
    if (!this.#run || !this.isRunning) return true;
    const answer = this.#next(
      (message) =>
        message.kind === "refused" ||
        message.kind === "end" ||
        (message.kind === "state" && stateName(message.state) === "shut down"),
    );
    this.#run.requestShutdown();
    return (await answer).kind !== "refused";
  }

  /** By CPU how often it has left the cell, as the hypervisor numbers the reasons; from the first start after a load on. */
  async counters(): Promise<ReadonlyMap<number, readonly number[]>> {
    const told = (await this.#run?.counters()) ?? [];
    return new Map(this.config.cpus.map((cpu) => [cpu, told.find((counters) => counters.cpu === cpu)?.values ?? []]));
  }

  /** It is gone. */
  destroy(): void {
    this.#end();
  }

  #end(): void {
    this.#run?.stop();
    this.#run = undefined;
    this.state = "shut down";
  }

  #take(run: CellboxRun, message: Message): void {
    if (run !== this.#run) return;
    if (message.kind === "state") this.state = stateName(message.state);
    if (message.kind === "violation") {
      this.failedCpus.push(message.cpu);
      for (const line of explainViolation(message, [this.#job()])) this.#listener.log(line);
    }
    for (const waiter of this.#waiters.splice(0)) waiter(message);
  }

  /** The machine has ended by itself: nobody is left to answer. */
  #lost(run: CellboxRun, notes: readonly string[]): void {
    if (run !== this.#run) return;
    this.state = "failed";
    for (const note of notes) this.#listener.log(note);
    for (const waiter of this.#waiters.splice(0)) waiter({ kind: "end", reason: "stop" });
  }

  /** The next message that `isIt`. */
  #next(isIt: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const look = (message: Message) => {
        if (isIt(message)) resolve(message);
        else this.#waiters.push(look);
      };
      this.#waiters.push(look);
    });
  }

  #job(): CellJob {
    const { name, board, config, format } = this;
    const images = this.#loads.map(({ address, bytes }) => ({ address, bytes }));
    // The program that was loaded last.
    const { elf, module } = this.#loads.findLast((load) => load.elf !== undefined || load.module) ?? {};
    const cellFile = encodeCell(config, formats[format]);
    return { name, board, cell: config, format, cellFile, images, ...(elf && { elf }), ...(module && { module }) };
  }
}
