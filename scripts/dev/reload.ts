/**
 * cellbox for `dev`. A compiled program gets a machine of its own; with wasm3 the machine goes on, and a new program is its module
 * alone: `jailhouse cell load NAME NAME.wasm.img -a ADDRESS`, `cell start`.
 */
import { stateName } from "../cell-state.ts";
import { type CellboxRun, startCellbox } from "../run/cellbox.ts";
import type { Message } from "../run/cellbox-messages.ts";
import type { CellJob, LoadedImage, Outcome, RunningTarget, RunOptions, Target } from "../run/target.ts";
import { hasEnded } from "../testing/host.ts";

/** How long a program may take to shut down before its machine is ended, milliseconds. */
const PATIENCE = 250;
/** A cell's last words may come later than the news of its end, milliseconds. */
const LAST_WORDS = 50;

export class Reloading implements Target {
  #run: CellboxRun | undefined;
  #job: CellJob | undefined;
  #program: Program | undefined;

  async start([job]: CellJob[], options: RunOptions): Promise<RunningTarget> {
    if (!job) throw new Error("no job");
    // The pages of a coloured cell lie scattered: it is loaded at the start of a machine only.
    if (!job.module || job.cell.colored.length > 0) return startCellbox([job], options);
    const program = new Program({
      requestShutdown: () => this.#run?.requestShutdown(),
      stop: () => {
        if (this.#program === program) this.close();
      },
    });
    if (!(await this.#reload(job, program))) await this.#boot(job, program, options);
    this.#job = job;
    return program;
  }

  /** The machine outlives its programs. */
  close(): void {
    this.#run?.stop();
  }

  async #reload(job: CellJob, program: Program): Promise<boolean> {
    const module = moduleOf(job);
    if (!this.#run || !this.#job || !module || !isSameButModule(job, this.#job)) return false;
    // What the one before says at its end is of no interest any more.
    this.#program = undefined;
    if (!(await this.#run.load([module], PATIENCE))) return false;
    this.#program = program;
    this.#run.startAgain();
    return true;
  }

  async #boot(job: CellJob, program: Program, options: RunOptions): Promise<void> {
    const run = await startCellbox([job], { ...options, reloadable: true });
    this.#run?.stop();
    this.#run = run;
    this.#program = program;
    const its = () => (this.#run === run ? this.#program : undefined);
    run.onOutput((_, bytes) => its()?.output(bytes));
    run.onNote?.((line) => its()?.note(line));
    run.onMessage((message) => its()?.take(message));
    void run.done.then((outcome) => {
      its()?.end(outcome);
      if (this.#run === run) this.#run = undefined;
    });
  }
}

/** The first image is wasm3.bin, the second the module. */
function moduleOf({ images }: CellJob): LoadedImage | undefined {
  return images[1];
}

function isSameButModule(a: CellJob, b: CellJob): boolean {
  const others = (job: CellJob) => [
    Buffer.from(`${job.board.name} ${moduleOf(job)?.address}`),
    job.cellFile,
    ...job.images.filter((image) => image !== moduleOf(job)).map(({ bytes }) => bytes),
  ];
  const [one, two] = [others(a), others(b)];
  return one.length === two.length && one.every((bytes, i) => Buffer.from(bytes).equals(two[i] as Uint8Array));
}

/** What is seen of one program, until the next one is loaded. */
class Program implements RunningTarget {
  readonly done: Promise<Outcome>;
  readonly #machine: Pick<RunningTarget, "requestShutdown" | "stop">;
  readonly #early: Uint8Array[] = [];
  readonly #notes: string[] = [];
  #output: ((cell: number, bytes: Uint8Array) => void) | undefined;
  #onNote: ((line: string) => void) | undefined;
  #end: (outcome: Outcome) => void = () => {};

  constructor(machine: Pick<RunningTarget, "requestShutdown" | "stop">) {
    this.#machine = machine;
    this.done = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void {
    this.#output = listener;
    for (const bytes of this.#early.splice(0)) listener(0, bytes);
  }

  onNote(listener: (line: string) => void): void {
    this.#onNote = listener;
    for (const line of this.#notes) listener(line);
  }

  requestShutdown(): void {
    this.#machine.requestShutdown();
  }

  stop(): void {
    this.#machine.stop();
  }

  output(bytes: Uint8Array): void {
    if (this.#output) this.#output(0, bytes);
    else this.#early.push(bytes);
  }

  note(line: string): void {
    this.#notes.push(line);
    this.#onNote?.(line);
  }

  take(message: Message): void {
    if (message.kind !== "state") return;
    const state = stateName(message.state);
    if (hasEnded(state)) setTimeout(() => this.end({ states: [state], notes: this.#notes }), LAST_WORDS);
  }

  end(outcome: Outcome): void {
    this.#end(outcome);
  }
}
