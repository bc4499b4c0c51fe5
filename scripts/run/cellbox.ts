/** The emulated target: QEMU with our cell monitor, without Linux. */
import { type CellState, stateName } from "../cell-state.ts";
import { sharedInterrupts } from "./cellbox-conflicts.ts";
import { SharedConsole } from "./cellbox-console.ts";
import { type CellboxOptions, filesFor } from "./cellbox-job.ts";
import { logLine, MEMGUARD_NOTE } from "./cellbox-log.ts";
import { checkImages, emulationOf, type Machine, machineFor } from "./cellbox-machine.ts";
import { type Counters, type Message, parseMessage, replyLine } from "./cellbox-messages.ts";
import { monitorImage } from "./cellbox-monitor.ts";
import { type Qemu, startQemu } from "./cellbox-qemu.ts";
import { CellRam, type Load } from "./cellbox-ram.ts";
import { explainViolation } from "./cellbox-violation.ts";
import type { GdbServer } from "./gdb-server.ts";
import { LineReader } from "./lines.ts";
import type { CellJob, Outcome, RunningTarget, Target } from "./target.ts";

/** Seconds of this machine's clock that a run may take: some for QEMU itself, and for each second of the cell's clock. */
const PATIENCE = 30;
const PATIENCE_PER_SECOND = { time: 3, icount: 60 };

export interface CellboxRun extends RunningTarget {
  /** Of one cell, or of all. */
  requestShutdown(cell?: number): void;
  /** As `jailhouse cell start` on a cell that was loaded before: shuts it down if it runs, then starts it as it is. */
  startAgain(): void;
  /**
   * As `jailhouse cell load` with the first cell: shuts it down and writes; `startAgain` starts it. For data only: QEMU does not see that code
   * changes. False, and nothing is changed: the cell refuses, or gives no answer within so many milliseconds.
   */
  load(loads: readonly Load[], patience: number): Promise<boolean>;
  /** Loads and starts. */
  reload(loads: readonly Load[], patience: number): Promise<boolean>;
  /** Of each CPU of all cells; those that the machine does not tell any more, as it has ended, are missing. */
  counters(): Promise<Counters[]>;
  /** Sends the first cell a message that no inmate knows. */
  sendUnknown(): void;
  /** The monitor's messages as they come, until what it gives is called. */
  onMessage(listener: (message: Message) => void): () => void;
}

export const cellbox: Target = { start: startCellbox };

export async function startCellbox(jobs: CellJob[], options: CellboxOptions): Promise<CellboxRun> {
  const machine = machineFor(jobs);
  const emulation = emulationOf(jobs);
  jobs.forEach(checkImages);
  const monitor = await monitorImage(emulation.platform);
  const began = performance.now();
  const { icount = false, gdb, reloadable = false } = options;
  const ram = reloadable ? new CellRam(machine) : undefined;
  const qemu = startQemu(emulation, monitor, filesFor(jobs, machine, options), machine, {
    icount,
    gdb: gdb !== undefined,
    ram: ram?.file,
  });
  return new Run(jobs, qemu, began, options, machine, ram);
}

function isState(message: Message, state: CellState): boolean {
  return message.kind === "state" && stateName(message.state) === state;
}

/** Undefined: without end. While a debugger holds the machine its clock stands still. */
function patience({ seconds, icount, gdb }: CellboxOptions): number | undefined {
  if (seconds === undefined || gdb) return undefined;
  return PATIENCE + seconds * (icount ? PATIENCE_PER_SECOND.icount : PATIENCE_PER_SECOND.time);
}

class Run implements CellboxRun {
  readonly done: Promise<Outcome>;
  readonly #jobs: readonly CellJob[];
  readonly #qemu: Qemu;
  readonly #gdb: GdbServer | undefined;
  readonly #ram: CellRam | undefined;
  readonly #states: CellState[];
  readonly #parked: number[][];
  readonly #notes: string[] = [];
  /** Said at the end: it is of no use before. */
  readonly #lastNotes: string[] = [];
  readonly #noteListeners: ((line: string) => void)[] = [];
  readonly #outputListeners: ((cell: number, bytes: Uint8Array) => void)[] = [];
  readonly #messageListeners = new Set<(message: Message) => void>();
  /** Console output that came before anybody listened. */
  readonly #early: [cell: number, bytes: Uint8Array][] = [];
  #refused = false;
  /** As they lie in the machine. */
  readonly #cells: Machine["cells"];
  readonly #boardAddress: Machine["boardAddress"];
  /** A cell has called MemGuard. */
  #regulated = false;
  /** Where the first cell's tables are; undefined before its start. */
  #tables: bigint | undefined;
  /** Why it ended; undefined while it runs, and when QEMU ends without a word. */
  #end: "done" | "time" | "stop" | "defect" | undefined;

  constructor(
    jobs: readonly CellJob[],
    qemu: Qemu,
    began: number,
    options: CellboxOptions,
    machine: Machine,
    ram: CellRam | undefined,
  ) {
    const { icount = false, gdb } = options;
    this.#ram = ram;
    this.#jobs = jobs;
    this.#cells = machine.cells;
    this.#boardAddress = machine.boardAddress;
    this.#qemu = qemu;
    this.#states = jobs.map(() => "running");
    this.#parked = jobs.map(() => []);
    const { interruptController, notes } = emulationOf(jobs);
    this.#notes.push(...sharedInterrupts(jobs, interruptController), ...(notes?.(jobs) ?? []));
    this.#gdb = gdb;
    const [job] = jobs;
    if (gdb && job)
      gdb.serve(emulationOf(jobs).stub?.(qemu.gdb, job, () => this.#tables) ?? qemu.gdb, () => this.stop());
    const lines = new LineReader();
    qemu.messages.on("data", (bytes: Buffer) => {
      for (const line of lines.push(bytes)) {
        const message = parseMessage(line);
        if (message) this.#take(message);
      }
    });
    const deliver = (cell: number, bytes: Uint8Array) => this.#deliver(cell, bytes);
    const shared = jobs.length > 1 ? new SharedConsole(deliver, !icount) : undefined;
    let silent = gdb === undefined;
    qemu.console.on("data", (bytes: Buffer) => {
      if (silent && bytes.includes("\n")) {
        silent = false;
        const seconds = ((performance.now() - began) / 1000).toFixed(3);
        this.#lastNotes.push(`first console line ${seconds} s after QEMU's start; all times are QEMU's, not a board's`);
      }
      if (shared) shared.push(bytes);
      else deliver(0, bytes);
    });
    const limit = patience(options);
    const timer = limit === undefined ? undefined : setTimeout(() => this.#giveUp(limit), limit * 1000);
    this.done = qemu.done.then(() => {
      clearTimeout(timer);
      shared?.end();
      gdb?.close();
      ram?.close();
      return this.#outcome();
    });
  }

  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void {
    this.#outputListeners.push(listener);
    for (const [cell, bytes] of this.#early.splice(0)) listener(cell, bytes);
  }

  onNote(listener: (line: string) => void): void {
    this.#noteListeners.push(listener);
    for (const line of this.#notes) listener(line);
  }

  onMessage(listener: (message: Message) => void): () => void {
    this.#messageListeners.add(listener);
    return () => this.#messageListeners.delete(listener);
  }

  requestShutdown(cell?: number): void {
    // Nothing runs yet that could answer.
    if (this.#gdb?.connected === false) this.stop();
    this.#qemu.commands.write(cell === undefined ? "s" : String.fromCharCode("A".charCodeAt(0) + cell));
  }

  startAgain(): void {
    this.#qemu.commands.write("r");
  }

  async load(loads: readonly Load[], patience: number): Promise<boolean> {
    const [job] = this.#jobs;
    const [cell] = this.#cells;
    if (!job || !cell || !this.#ram) throw new Error("the run was not started to be loaded anew");
    checkImages({ ...job, images: [...loads] });
    if (!(await this.#isShutDown(patience))) return false;
    for (const load of loads) this.#ram.write(cell, load);
    return true;
  }

  async reload(loads: readonly Load[], patience: number): Promise<boolean> {
    const loaded = await this.load(loads, patience);
    if (loaded) this.startAgain();
    return loaded;
  }

  /** Asks for it. Not before the machine is up: it would not hear. */
  async #isShutDown(patience: number): Promise<boolean> {
    if (this.#tables === undefined) await this.#next(({ kind }) => kind === "ready");
    if (this.#states[0] === "shut down") return true;
    const answer = this.#next((message) => message.kind === "refused" || isState(message, "shut down"), patience);
    this.requestShutdown(0);
    return (await answer)?.kind === "state";
  }

  /** The next message that `isIt`; undefined when the run ends, or the time in milliseconds is over. */
  #next(isIt: (message: Message) => boolean, patience?: number): Promise<Message | undefined> {
    return new Promise((resolve) => {
      const end = (message?: Message) => {
        forget();
        clearTimeout(timer);
        resolve(message);
      };
      const forget = this.onMessage((message) => {
        if (isIt(message)) end(message);
      });
      const timer = patience === undefined ? undefined : setTimeout(end, patience);
      void this.done.then(() => end());
    });
  }

  counters(): Promise<Counters[]> {
    const all: Counters[] = [];
    const expected = this.#jobs.reduce((count, { cell }) => count + cell.cpus.length, 0);
    return new Promise((resolve) => {
      const end = () => {
        forget();
        resolve(all);
      };
      const forget = this.onMessage((message) => {
        if (message.kind === "counters" && all.push(message) === expected) end();
      });
      void this.done.then(end);
      this.#qemu.commands.write("c");
    });
  }

  sendUnknown(): void {
    this.#qemu.commands.write("u");
  }

  stop(): void {
    this.#end ??= "stop";
    this.#qemu.kill();
  }

  #deliver(cell: number, bytes: Uint8Array): void {
    if (this.#outputListeners.length === 0) this.#early.push([cell, bytes]);
    for (const listener of this.#outputListeners) listener(cell, bytes);
  }

  #note(...lines: string[]): void {
    this.#notes.push(...lines);
    for (const listener of this.#noteListeners) for (const line of lines) listener(line);
  }

  #take(message: Message): void {
    switch (message.kind) {
      case "ready":
        this.#tables = BigInt(message.tables);
        break;
      case "state":
        this.#states[message.cell] = stateName(message.state);
        break;
      case "violation":
        this.#parked[message.cell]?.push(message.cpu);
        this.#note(...explainViolation(message, this.#jobs));
        break;
      case "memguard":
        if (!this.#regulated) this.#note(MEMGUARD_NOTE);
        this.#regulated = true;
        this.#note(logLine(message, this.#boardAddress));
        break;
      case "qos":
      case "qos-control":
      case "qos-none":
      case "translation":
        this.#note(...[logLine(message, this.#boardAddress)].filter((line) => line !== ""));
        break;
      case "approved":
      case "refused":
      case "silent":
        this.#note(replyLine(message, this.#jobs));
        if (message.kind === "refused") this.#refused = true;
        break;
      case "end":
        this.#end = message.reason;
        break;
      case "misfit":
        this.#end = "defect";
        this.#note(`cellbox: the monitor cannot use its input (${message.what})`);
        break;
      case "defect":
        this.#end = "defect";
        this.#note(
          `cellbox: the monitor failed at ${message.pc}, syndrome ${message.syndrome}, address ${message.address}`,
        );
        break;
      default:
        break;
    }
    for (const listener of this.#messageListeners) listener(message);
  }

  #giveUp(limit: number): void {
    this.#end ??= "defect";
    this.#note(`stopped after ${Math.round(limit)} s of this machine's time: the emulated clock is too slow here`);
    this.#qemu.kill();
  }

  #outcome(): Outcome {
    if (this.#end === undefined) this.#note(`QEMU ended too early: ${this.#qemu.errors() || "it gave no reason"}`);
    const lost = this.#end === undefined || this.#end === "defect";
    const states = lost ? this.#states.map((): CellState => "failed") : this.#states;
    const notes = [...this.#notes, ...this.#lastNotes];
    return { states, parked: this.#parked, notes, ...(this.#refused ? { refusedShutdown: true } : {}) };
  }
}
