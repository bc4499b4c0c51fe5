/** An experiment on the target: the dialogue with the script there. */
import { UserError } from "../errors.ts";
import { AfterMark } from "../run/after-mark.ts";
import { LineReader } from "../run/lines.ts";
import { connect, type Destination, type Progress } from "../run/ssh.ts";
import { noFacts, takeFact } from "../run/ssh-facts.ts";
import { LIMITS, type Limits } from "../run/ssh-run.ts";
import { MARK } from "../run/ssh-script.ts";
import { noShell, sshTo, unreachable } from "../run/ssh-words.ts";
import type { SharedMemory } from "./experiments.ts";
import { ExperimentFailed } from "./failed.ts";
import { isMachine, memProgram } from "./program.ts";
import { programBlock } from "./script.ts";
import { failedThere, lostThere, type Target, unfit } from "./words.ts";

export interface Experiment {
  readonly destination: Destination;
  readonly memory: SharedMemory;
  readonly script: string;
  /** What the line of progress says meanwhile, of so many samples. */
  readonly doing: (samples: number) => string;
  /** Counted from when the cell is enabled. Undefined: until it ends by itself, or Ctrl-C. */
  readonly seconds: number | undefined;
}

export interface Ended {
  readonly target: Target;
  /** What the script has sent to stdout. */
  readonly log: Buffer;
  /** Samples that the script has announced. */
  readonly samples: number;
}

/** ssh's own exit code when there is no connection. */
const NO_CONNECTION = 255;

/** The script is busy with the memory or the connection; without a sign for so long it will not come back. Milliseconds. */
const SILENCE = 30_000;

/** @throws UserError with the reason why it did not come to its end; the target has disabled the cell again by then, or does so itself. */
export async function runExperiment(
  experiment: Experiment,
  progress: Progress,
  limits: Limits = LIMITS,
): Promise<Ended> {
  const { destination, script } = experiment;
  progress.stage(`connecting to ${destination.host}`);
  const session = new Session(experiment, progress, limits);
  const interrupt = () => session.interrupt();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    session.send(script);
    return await session.ended;
  } finally {
    progress.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

class Session {
  readonly ended: Promise<Ended>;
  readonly #experiment: Experiment;
  readonly #progress: Progress;
  readonly #limits: Limits;
  readonly #child: ReturnType<typeof connect>;
  readonly #target: Target = { facts: noFacts(), kernel: "", jailhouse: "", compatible: "" };
  readonly #output = new AfterMark();
  readonly #log: Buffer[] = [];
  readonly #errors: string[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #received = 0;
  #samples: number | undefined;
  #patience: NodeJS.Timeout | undefined;
  #failure: UserError | undefined;
  #answered = false;
  #started = false;
  #stopped = false;

  constructor(experiment: Experiment, progress: Progress, limits: Limits) {
    this.#experiment = experiment;
    this.#progress = progress;
    this.#limits = limits;
    this.#child = connect(experiment.destination);
    const child = this.#child;
    // What cannot be written any more is told by the exit code.
    child.stdin.on("error", () => {});
    child.stdout.on("data", (bytes: Buffer) => this.#takeOutput(bytes));
    const lines = new LineReader();
    child.stderr.on("data", (bytes: Buffer) => {
      for (const line of lines.push(bytes)) {
        if (line.startsWith(MARK)) this.#hear(line.slice(MARK.length));
        else this.#errors.push(line);
      }
    });
    this.#wait(limits.answer);
    this.ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) =>
        reject(error.code === "ENOENT" ? new UserError("ssh is missing: install OpenSSH's client") : error),
      );
      child.on("close", (code) => {
        const failure = this.#failure ?? this.#brokenOff(code);
        if (failure) reject(this.#started ? new ExperimentFailed(failure.message, failure.detail) : failure);
        else resolve({ target: this.#target, log: Buffer.concat(this.#log), samples: this.#samples ?? 0 });
      });
    }).finally(() => {
      clearTimeout(this.#patience);
      for (const timer of this.#timers) clearTimeout(timer);
    });
  }

  send(text: string): void {
    this.#child.stdin.write(text);
  }

  /** The first Ctrl-C ends the experiment as its time does, the second one does not wait for its result. */
  interrupt(): void {
    const { host } = this.#experiment.destination;
    if (this.#started && !this.#stopped) {
      this.#stop();
      return;
    }
    this.#failure ??= new UserError(
      this.#started
        ? `stopped: ${host} disables the cell, nothing was collected`
        : "stopped before anything was enabled",
    );
    this.#stop();
    if (!this.#answered || this.#started) this.#child.kill();
  }

  #stop(): void {
    this.#stopped = true;
    this.#child.stdin.end();
    this.#wait(SILENCE);
  }

  /** Gives up if nothing is heard for so long. */
  #wait(milliseconds: number): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      const { destination } = this.#experiment;
      this.#failure ??= new UserError(
        `${destination.host} did not answer within ${milliseconds / 1000} s: see whether a command gets through (try: ${sshTo(destination)} true)`,
        this.#errors.join("\n") || undefined,
      );
      this.#child.kill("SIGKILL");
    }, milliseconds);
  }

  #takeOutput(bytes: Buffer): void {
    const part = this.#output.push(bytes);
    if (part.length === 0) return;
    this.#log.push(part);
    this.#received += part.length;
    this.#wait(SILENCE);
    this.#progress.stage(
      `collecting ${(this.#received / 2 ** 20).toFixed(1)} MiB from ${this.#experiment.destination.host}`,
    );
  }

  /** A line of the script: "fact KEY …", "count HEX", "fail WHAT …". */
  #hear(said: string): void {
    const { destination, memory, seconds, doing } = this.#experiment;
    const [what = "", subject = "", ...rest] = said.split(" ");
    const text = rest.join(" ");
    this.#answered = true;
    this.#wait(SILENCE);
    switch (what) {
      case "fact":
        if (subject === "kernel" || subject === "jailhouse" || subject === "compatible")
          this.#target[subject] = text.trim();
        else takeFact(this.#target.facts, said.slice("fact ".length));
        break;
      case "checked":
        void this.#sendProgram().catch((error) => {
          this.#failure ??= error;
          this.#stop();
        });
        break;
      case "started":
        this.#started = true;
        clearTimeout(this.#patience);
        this.#progress.stage(doing(0));
        if (seconds !== undefined) this.#timers.push(setTimeout(() => this.#stop(), seconds * 1000));
        this.#timers.push(setInterval(() => this.send("alive\n"), this.#limits.beat));
        break;
      case "count":
        if (!this.#stopped) clearTimeout(this.#patience);
        this.#progress.stage(doing(Number(`0x${subject}`)));
        break;
      case "log":
        this.#samples = Number(`0x${subject}`);
        break;
      case "fail":
        this.#failure ??= failedThere(said, destination, memory);
    }
  }

  async #sendProgram(): Promise<void> {
    const { destination, memory } = this.#experiment;
    const { facts } = this.#target;
    const reason = unfit(destination, facts, memory);
    if (reason || !isMachine(facts.machine)) throw reason;
    this.send(programBlock(await memProgram(facts.machine)));
  }

  /** Why it ended too early, if it did. */
  #brokenOff(code: number | null): UserError | undefined {
    if (code === 0) return undefined;
    const { destination } = this.#experiment;
    const errors = this.#errors.filter((line) => line !== "");
    if (!this.#answered && code === NO_CONNECTION) return unreachable(destination, errors.join("\n"));
    if (!this.#answered) return noShell(destination, code, [...this.#output.before, ...errors]);
    return lostThere(destination, this.#started, errors.join("\n"));
  }
}
