/** A run on the target of `--on ssh:HOST`: the dialogue with the script there. */

import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { CellState } from "../cell-state.ts";
import { UserError } from "../errors.ts";
import { AfterMark } from "./after-mark.ts";
import { LineReader } from "./lines.ts";
import type { Destination, Progress } from "./ssh.ts";
import { checkTarget } from "./ssh-check.ts";
import { cpuNumbers, noFacts, STATES, takeFact } from "./ssh-facts.ts";
import type { Command } from "./ssh-refusals.ts";
import { filesFor, MARK, type Wishes } from "./ssh-script.ts";
import { DOING, failure, leftLines, lost, noShell, type Step, sshTo, unreachable } from "./ssh-words.ts";
import type { CellJob, Outcome, RunningTarget, RunOptions } from "./target.ts";

/** Milliseconds. */
export interface Limits {
  /** The target's first word, login included. */
  readonly answer: number;
  /** To destroy the cells and to clean up. */
  readonly farewell: number;
  /** Between two signs of life; the script there waits for one a minute. */
  readonly beat: number;
}

export const LIMITS: Limits = { answer: 60_000, farewell: 10_000, beat: 10_000 };

/** ssh's own exit code when there is no connection. */
const NO_CONNECTION = 255;

interface Parts {
  readonly destination: Destination;
  readonly jobs: readonly CellJob[];
  readonly child: ChildProcessWithoutNullStreams;
  readonly wishes: Wishes;
  readonly progress: Progress;
  readonly limits: Limits;
}

export class SshRun implements RunningTarget {
  readonly sharedConsole = true;
  /** Resolves when the cells run; rejects with the reason why they do not. */
  readonly started: Promise<void>;
  readonly done: Promise<Outcome>;
  readonly #parts: Parts;
  readonly #facts = noFacts();
  readonly #states: CellState[];
  readonly #parked: number[][];
  readonly #notes: string[] = [];
  /** What ssh says itself. */
  readonly #errors: string[] = [];
  readonly #output = new AfterMark();
  /** Of the console, before anybody listens. */
  readonly #console: Buffer[] = [];
  #listener: ((cell: number, bytes: Uint8Array) => void) | undefined;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #replaced: string[] = [];
  /** Words on each cell that could not be destroyed. */
  readonly #kept: string[] = [];
  #answered = false;
  #step: Step | undefined;
  #failure: UserError | undefined;
  #refused = false;
  #stopped = false;

  constructor(parts: Parts) {
    const { jobs, child, limits } = parts;
    this.#parts = parts;
    this.#states = jobs.map(() => "running");
    this.#parked = jobs.map(() => []);
    // What cannot be written any more is told by the exit code.
    child.stdin.on("error", () => {});
    const closed = new Promise<number | null>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        reject(error.code === "ENOENT" ? new UserError("ssh is missing: install OpenSSH's client") : error);
      });
      child.on("close", resolve);
    });
    child.stdout.on("data", (bytes: Buffer) => this.#takeOutput(bytes));
    const patience = setTimeout(() => this.#giveUp(), limits.answer);
    this.started = new Promise((resolve, reject) => {
      const lines = new LineReader();
      child.stderr.on("data", (bytes: Buffer) => {
        for (const line of lines.push(bytes)) {
          if (!line.startsWith(MARK)) {
            this.#errors.push(line);
            continue;
          }
          clearTimeout(patience);
          if (!this.#answered) parts.progress.stage(`checking ${parts.destination.host}`);
          this.#answered = true;
          if (line === `${MARK}started`) resolve();
          else this.#take(line.slice(MARK.length));
        }
      });
      // Without effect when they have started.
      closed.then((code) => reject(this.#withKept(this.#failure ?? this.#unstarted(code))), reject);
    });
    this.done = closed.then((code) => this.#outcome(code)).finally(() => clearTimeout(patience));
    // Whoever waits for the start is told that there is no ssh.
    this.done.catch(() => {});
  }

  /** Seconds count from now on. */
  limit({ seconds, shutdownAfter }: RunOptions): void {
    const { child, limits } = this.#parts;
    if (seconds !== undefined) this.#timers.push(setTimeout(() => this.stop(), seconds * 1000));
    // A cell that refuses is asked again.
    if (shutdownAfter !== undefined) this.#timers.push(setInterval(() => this.requestShutdown(), shutdownAfter * 1000));
    this.#timers.push(setInterval(() => child.stdin.write("alive\n"), limits.beat));
  }

  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void {
    this.#listener = listener;
    for (const bytes of this.#console.splice(0)) listener(0, bytes);
  }

  requestShutdown(): void {
    this.#parts.child.stdin.write("shutdown\n");
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const { child, destination, limits } = this.#parts;
    child.stdin.end();
    this.#timers.push(
      setTimeout(() => {
        this.#notes.push(
          `${destination.host} does not answer: the cell may be left there, and jailhouse cell shutdown may wait for it`,
        );
        child.kill("SIGKILL");
      }, limits.farewell),
    );
  }

  /** Ends it before the cells run. */
  abort(): void {
    const { child, destination } = this.#parts;
    const there = this.#step ? `: ${destination.host} destroys what was created` : "";
    this.#failure ??= new UserError(`stopped before the cell ran${there}`);
    this.stop();
    if (!this.#answered) child.kill();
  }

  #giveUp(): void {
    const { child, destination, limits } = this.#parts;
    this.#failure = new UserError(
      `${destination.host} did not answer within ${limits.answer / 1000} s: see whether a command gets through (try: ${sshTo(destination)} true)`,
      this.#errors.join("\n") || undefined,
    );
    child.kill("SIGKILL");
  }

  #takeOutput(bytes: Buffer): void {
    const console = this.#output.push(bytes);
    if (console.length === 0) return;
    if (this.#listener) this.#listener(0, console);
    else this.#console.push(console);
  }

  /** A line of the script: "state 0 shut down|", "refused 0 TEXT", "fail WHAT …". */
  #take(said: string): void {
    const { destination, jobs, progress } = this.#parts;
    const [what = "", subject = "", ...rest] = said.split(" ");
    const text = rest.join(" ").trim();
    const named = (index: string) => jobs[Number(index)]?.cell.name ?? "";
    const name = named(subject);
    switch (what) {
      case "fact":
        takeFact(this.#facts, said.slice("fact ".length));
        break;
      case "checked":
        this.#check();
        break;
      case "step":
        this.#step = { command: subject as Command, cell: named(rest[0] ?? "") };
        progress.stage(`${DOING[this.#step.command]} cell ${this.#step.cell} on ${destination.host}`);
        break;
      case "again":
        this.#say(`cell ${name} on ${destination.host} refused to shut down: asking it a second time`);
        break;
      case "replaced":
        this.#replaced.push(name);
        this.#say(`cell ${name} that was on ${destination.host} has been shut down and destroyed`);
        break;
      case "fail":
        this.#failure ??= failure(said, { destination, jobs, replaced: this.#replaced });
        break;
      case "state": {
        const [state = "", failed = ""] = text.split("|");
        if (state === "") this.#notes.push(`cell ${name} is gone: somebody else has destroyed it`);
        this.#states[Number(subject)] = STATES[state] ?? "failed";
        this.#parked[Number(subject)] = cpuNumbers(failed);
        break;
      }
      case "refused":
        this.#refused = true;
        this.#notes.push(`cell ${name} refused the shutdown request (${text})`);
        break;
      case "kept":
        this.#kept.push(`cell ${name} is still there (${text}): jailhouse cell destroy ${name}`);
        break;
      case "silent":
        this.#notes.push(`the console of the hypervisor cannot be read (${[subject, text].join(" ").trim()})`);
    }
  }

  /** Sends the files if the target can take the cells; else it waits for them in vain and cleans up. */
  #check(): void {
    const { destination, jobs, child, wishes, progress } = this.#parts;
    const { errors, warnings } = checkTarget(destination.host, this.#facts, jobs, wishes.replace);
    for (const warning of warnings) this.#say(`warning: ${warning}`);
    const [first, ...more] = errors;
    if (first === undefined) {
      const files = filesFor(jobs);
      progress.stage(`sending ${Math.ceil(files.length / 1024)} KiB to ${destination.host}`);
      child.stdin.write(files);
    } else {
      this.#failure ??= new UserError(first, more.join("\n") || undefined);
      child.stdin.end();
    }
  }

  #say(line: string): void {
    this.#parts.progress.end();
    process.stderr.write(`${line}\n`);
  }

  #withKept({ message, detail }: UserError): UserError {
    return new UserError(message, [detail ?? [], this.#kept].flat().join("\n") || undefined);
  }

  #unstarted(code: number | null): UserError {
    const { destination } = this.#parts;
    const errors = this.#errors.join("\n");
    if (!this.#answered && code === NO_CONNECTION) return unreachable(destination, errors);
    if (code === NO_CONNECTION) return lost(destination, this.#step, errors);
    return noShell(destination, code, [...this.#output.before, ...this.#errors]);
  }

  #outcome(code: number | null): Outcome {
    for (const timer of this.#timers) clearTimeout(timer);
    const { destination, wishes } = this.#parts;
    const isLost = code !== 0 && !this.#stopped;
    const isLeft = wishes.detach && !isLost && !this.#stopped;
    if (isLost) {
      this.#notes.push(
        `lost the connection to ${destination.host}: the target destroys the cell itself, within a minute`,
      );
    }
    if (isLeft) this.#notes.push(...leftLines(destination, this.#parts.jobs, this.#facts));
    return {
      states: isLost ? this.#states.map(() => "failed") : this.#states,
      parked: this.#parked,
      notes: [...this.#notes, ...this.#kept],
      ...(this.#refused ? { refusedShutdown: true } : {}),
      ...(isLeft ? { left: true } : {}),
    };
  }
}
