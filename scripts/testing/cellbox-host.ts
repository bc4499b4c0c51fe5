/** Cells of a test in cellbox. QEMU's clock is this machine's, so that time passes here as it does for the cells. */
import { type CellState, stateName } from "../cell-state.ts";
import { type CellboxRun, startCellbox } from "../run/cellbox.ts";
import type { Message } from "../run/cellbox-messages.ts";
import { jobSymbolizer } from "../run/job-symbolizer.ts";
import { SymbolFilter } from "../run/symbols.ts";
import type { CellJob } from "../run/target.ts";
import { CellConsole } from "./console.ts";
import { type CellView, type Host, hasEnded, QUIET, type Reply } from "./host.ts";

/** By which limits are stretched: other programs may keep QEMU from its work, but its clock goes on. */
const PATIENCE = 3;
/** For QEMU's own start, milliseconds. */
const START = 30_000;

interface Cell extends CellView {
  state: CellState;
  readonly notes: string[];
  readonly replies: Reply[];
  readonly filter: SymbolFilter | undefined;
  lastOutput: number;
}

function filterOf(job: CellJob): SymbolFilter | undefined {
  const symbolize = jobSymbolizer(job);
  return symbolize && new SymbolFilter(symbolize);
}

export async function cellboxHost(jobs: CellJob[]): Promise<Host> {
  const host = new CellboxHost(jobs, await startCellbox(jobs, {}));
  await host.started();
  return host;
}

class CellboxHost implements Host {
  readonly target = "cellbox";
  readonly cells: readonly Cell[];
  readonly #run: CellboxRun;
  /** The run's lines since the last message, which tells what cell they are about. */
  readonly #notes: string[] = [];
  /** QEMU has ended: no more news. */
  #ended = false;
  #isUp = false;
  /** Told whenever something has happened. */
  readonly #watchers = new Set<() => void>();

  constructor(jobs: readonly CellJob[], run: CellboxRun) {
    this.#run = run;
    this.cells = jobs.map((job) => ({
      name: job.name,
      console: new CellConsole(),
      state: "running",
      notes: [],
      replies: [],
      filter: filterOf(job),
      lastOutput: 0,
    }));
    run.onOutput((index, bytes) => {
      const cell = this.#cell(index);
      cell.console.push(cell.filter?.push(bytes) ?? bytes);
      cell.lastOutput = performance.now();
      this.#news();
    });
    run.onMessage((message) => this.#take(message));
    run.onNote?.((line) => this.#notes.push(line));
    this.#giveNotes(this.cells);
    run.done.then(({ states }) => {
      for (const [i, state] of states.entries()) {
        const cell = this.#cell(i);
        cell.state = state;
        cell.console.push(cell.filter?.end() ?? new Uint8Array());
      }
      this.#giveNotes(this.cells);
      this.#ended = true;
      this.#news();
    });
  }

  /** Resolves when the cells run, or QEMU has ended. */
  async started(): Promise<void> {
    await this.#watch(() => this.#isUp || this.#ended || undefined, START);
  }

  async until<T>(index: number, found: (quiet: boolean) => T | undefined, time: number): Promise<T | undefined> {
    const cell = this.#cell(index);
    const isQuiet = () => !this.#isEnding && performance.now() - cell.lastOutput >= QUIET;
    const result = await this.#watch(
      () => {
        const value = found(isQuiet() || this.#ended);
        if (value !== undefined) return { value };
        return this.#ended || (hasEnded(cell.state) && isQuiet()) ? {} : undefined;
      },
      time * PATIENCE,
      QUIET / 2,
    );
    return result?.value;
  }

  async advance(time: number): Promise<void> {
    const end = performance.now() + time;
    // A timer of Node may be early by part of a millisecond.
    for (let left = time; left > 0 && !this.#ended; left = end - performance.now()) {
      await this.#watch(() => this.#ended || undefined, left);
    }
  }

  async shutdown(index: number, time: number): Promise<Reply | undefined> {
    const cell = this.#cell(index);
    const known = cell.replies.length;
    this.#run.requestShutdown(index);
    await this.#watch(
      () => this.#ended || hasEnded(cell.state) || cell.replies[known] === "refused" || undefined,
      time * PATIENCE,
    );
    // A cell that takes no messages is shut down without its answer.
    return cell.state === "shut down" ? "accepted" : cell.replies[known];
  }

  async stop(): Promise<void> {
    this.#run.stop();
    await this.#run.done;
  }

  #giveNotes(cells: readonly Cell[]): void {
    const notes = this.#notes.splice(0);
    for (const cell of cells) cell.notes.push(...notes);
  }

  #take(message: Message): void {
    this.#giveNotes("cell" in message ? [this.#cell(message.cell)] : this.cells);
    const { kind } = message;
    if (kind === "ready") this.#isUp = true;
    else if (kind === "state") {
      const cell = this.#cell(message.cell);
      cell.state = stateName(message.state);
      // The console comes by another way: its last words may come later than the news.
      cell.lastOutput = performance.now();
    } else if (kind === "approved" || kind === "refused")
      this.#cell(message.cell).replies.push(kind === "approved" ? "accepted" : "refused");
    this.#news();
  }

  /** All cells have ended, so QEMU does: what they have printed is whole when it is gone. */
  get #isEnding(): boolean {
    return this.cells.every(({ state }) => hasEnded(state));
  }

  #cell(index: number): Cell {
    const cell = this.cells[index];
    if (!cell) throw new Error(`no cell ${index}`);
    return cell;
  }

  #news(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** What `look` gives, asked now and at all news, and again and again if `every` is given; undefined after that time. */
  #watch<T>(look: () => T | undefined, time: number, every?: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const end = (result: T | undefined) => {
        this.#watchers.delete(watcher);
        clearTimeout(limit);
        clearInterval(interval);
        resolve(result);
      };
      const watcher = () => {
        const result = look();
        if (result !== undefined) end(result);
      };
      const limit = setTimeout(() => end(look()), time);
      const interval = every === undefined ? undefined : setInterval(watcher, every);
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
