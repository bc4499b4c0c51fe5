/** Real Jailhouse on another machine, by the system's ssh and its configuration. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Board, CellConfig } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { needsNoEmulator } from "./exec.ts";
import { LineReader } from "./lines.ts";
import { BOOTSTRAP, MARK, upload } from "./ssh-script.ts";
import { failure, unreachable } from "./ssh-words.ts";
import type { CellJob, CellState, Outcome, RunningTarget, RunOptions, Target } from "./target.ts";

/** How long the target may take to destroy the cells and to clean up, milliseconds. */
const FAREWELL = 10_000;

/** ssh's own exit code when there is no connection. */
const NO_CONNECTION = 255;

export interface Destination {
  /** As ssh takes it: a host of its configuration, or USER@HOST. */
  readonly host: string;
  readonly port: string | undefined;
}

/** `[USER@]HOST[:PORT]`; a host with colons of its own stands in brackets. */
export function parseDestination(text: string): Destination {
  const match = /^((?:[^@\s]+@)?(?:\[[^\]\s]+\]|[^:@\s-][^:@\s]*))(?::(\d+))?$/.exec(text);
  if (!match?.[1]) throw new UserError(`--on ssh:${text}: give ssh:HOST, ssh:USER@HOST or ssh:USER@HOST:PORT`);
  return { host: match[1].replace(/[[\]]/g, ""), port: match[2] };
}

export function sshTarget(destination: Destination): Target {
  return {
    async start(jobs, options) {
      needsNoEmulator(options);
      const { host, port } = destination;
      const args = [
        "-T",
        "-o",
        "BatchMode=yes",
        "-o",
        "ConnectTimeout=10",
        ...(port === undefined ? [] : ["-p", port]),
      ];
      // Its own process group: a Ctrl-C of the terminal is ours to handle, the cell is to be asked first.
      const child = spawn("ssh", [...args, "--", host, BOOTSTRAP], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
      const run = new Run(destination, jobs, child);
      child.stdin.write(upload(jobs));
      await run.started;
      process.stderr.write(jobs.map(({ cell, board }) => consoleLine(host, cell, board)).join(""));
      run.limit(options);
      return run;
    },
  };
}

/** Where the user finds what the cell prints. */
function consoleLine(host: string, { name, flags, console }: CellConfig, board: Board): string {
  if (flags.includes("virtual-console-active")) return "";
  const hint = flags.includes("virtual-console-permitted") ? `; --args "con-virtual" sends it here, too` : "";
  const place =
    console.type === "none" ? "its UART" : `its UART (${console.type} at 0x${console.address.toString(16)})`;
  return `cell ${name} on ${host} (${board.name}) prints on ${place}, to be read there${hint}\n`;
}

/** What sysfs calls the states (jailhouse-abi 7.1), where it differs from `jailhouse cell list`. */
const STATES: Readonly<Record<string, CellState>> = {
  running: "running",
  "running/locked": "running/locked",
  "shut down": "shut down",
  failed: "failed",
  "Comm ABI mismatch": "comm region revision mismatch",
};

class Run implements RunningTarget {
  readonly sharedConsole = true;
  /** Resolves when the cells run; rejects with the reason why they do not. */
  readonly started: Promise<void>;
  readonly done: Promise<Outcome>;
  readonly #destination: Destination;
  readonly #jobs: readonly CellJob[];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #states: CellState[];
  readonly #notes: string[] = [];
  /** What ssh says itself. */
  readonly #errors: string[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #failure: UserError | undefined;
  #refused = false;
  #stopped = false;

  constructor(destination: Destination, jobs: readonly CellJob[], child: ChildProcessWithoutNullStreams) {
    this.#destination = destination;
    this.#jobs = jobs;
    this.#child = child;
    this.#states = jobs.map(() => "running");
    // What cannot be written any more is told by the exit code.
    child.stdin.on("error", () => {});
    const closed = new Promise<number | null>((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        reject(error.code === "ENOENT" ? new UserError("ssh is missing: install OpenSSH's client") : error);
      });
      child.on("close", resolve);
    });
    this.started = new Promise((resolve, reject) => {
      const lines = new LineReader();
      child.stderr.on("data", (bytes: Buffer) => {
        for (const line of lines.push(bytes)) {
          if (!line.startsWith(MARK)) this.#errors.push(line);
          else if (line === `${MARK}started`) resolve();
          else this.#take(line.slice(MARK.length));
        }
      });
      // Without effect when they have started.
      closed.then((code) => reject(this.#failure ?? this.#unstarted(code)), reject);
    });
    this.done = closed.then((code) => this.#outcome(code));
    // Whoever waits for the start is told that there is no ssh.
    this.done.catch(() => {});
  }

  /** Seconds count from now on. */
  limit({ seconds, shutdownAfter }: RunOptions): void {
    if (seconds !== undefined) this.#timers.push(setTimeout(() => this.stop(), seconds * 1000));
    if (shutdownAfter !== undefined) {
      this.#timers.push(setTimeout(() => this.requestShutdown(), shutdownAfter * 1000));
    }
  }

  onOutput(listener: (cell: number, bytes: Uint8Array) => void): void {
    this.#child.stdout.on("data", (bytes: Buffer) => listener(0, bytes));
  }

  requestShutdown(): void {
    this.#child.stdin.write("shutdown\n");
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#child.stdin.end();
    this.#timers.push(
      setTimeout(() => {
        this.#notes.push(
          `${this.#destination.host} does not answer: the cell may be left there, and jailhouse cell shutdown may wait for it`,
        );
        this.#child.kill("SIGKILL");
      }, FAREWELL),
    );
  }

  /** A line of the script: "state 0 shut down", "refused 0 TEXT", "kept 0 TEXT", "silent TEXT", "fail WHAT …". */
  #take(said: string): void {
    const [what = "", subject = "", ...rest] = said.split(" ");
    const name = this.#jobs[Number(subject)]?.cell.name;
    const text = rest.join(" ").trim();
    if (what === "fail") this.#failure = failure(this.#destination.host, said, this.#jobs);
    if (what === "state") this.#states[Number(subject)] = STATES[text] ?? "failed";
    if (what === "refused") {
      this.#refused = true;
      this.#notes.push(`cell ${name} refused the shutdown request (${text})`);
    }
    if (what === "kept") this.#notes.push(`cell ${name} is still there (${text}): jailhouse cell destroy ${name}`);
    if (what === "silent") {
      this.#notes.push(`the console of the hypervisor cannot be read (${[subject, text].join(" ").trim()})`);
    }
  }

  #unstarted(code: number | null): Error {
    const { host, port } = this.#destination;
    const errors = this.#errors.join("\n");
    if (code === NO_CONNECTION) return unreachable(host, port, errors);
    return new UserError(`${host}: sh, mktemp and printf are needed there (ssh ended with exit code ${code})`, errors);
  }

  #outcome(code: number | null): Outcome {
    for (const timer of this.#timers) clearTimeout(timer);
    const lost = code !== 0 && !this.#stopped;
    if (lost) this.#notes.push(`lost the connection to ${this.#destination.host}: the target destroys the cell itself`);
    return {
      states: lost ? this.#states.map(() => "failed") : this.#states,
      notes: this.#notes,
      ...(this.#refused ? { refusedShutdown: true } : {}),
    };
  }
}
