import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellState } from "../cell-state.ts";
import { UserError } from "../errors.ts";
import { writeJobFolder } from "./job-folder.ts";
import { LineReader } from "./lines.ts";
import type { CellJob, Outcome, RunningTarget, RunOptions, Target } from "./target.ts";

/** The SECONDS that a command gets when the user names none. */
const DEFAULT_SECONDS = 10;

/** Exit codes of a shell for a command that cannot be run, or that is not there. */
const NOT_RUN = [126, 127];

/**
 * Real Jailhouse behind any command: it is called as `CMD JOBDIR SECONDS`, takes the job there, lets it run for SECONDS
 * and prints the console on stdout. CMD goes through the shell, so it may have arguments of its own.
 *
 * A command cannot tell us the state of a cell, so it is judged by what can be known. A cell is "failed" when the
 * console shows a fault report of our runtime or Jailhouse parking a CPU of that cell, and all of them are when CMD
 * exits with another code than 0: then the job did not get through. In all other cases the state is "running": the time
 * was up. What a program should have printed is for `--expect` to say.
 */
export function execTarget(cmd: string): Target {
  return {
    async start(jobs, options) {
      needsNoEmulator(options);
      const dir = await mkdtemp(join(tmpdir(), "jh-inmate-job-"));
      try {
        await writeJobFolder(dir, jobs, options);
      } catch (error) {
        await rm(dir, { recursive: true });
        throw error;
      }
      const seconds = String(options.seconds ?? DEFAULT_SECONDS);
      // Its own process group, so that stopping reaches what CMD has started, too.
      const child = spawn("/bin/sh", ["-c", `${cmd} "$@"`, "exec", dir, seconds], {
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
      });
      return watch(cmd, child, jobs, () => rm(dir, { recursive: true, force: true }));
    },
  };
}

function watch(
  cmd: string,
  child: ChildProcess,
  jobs: readonly CellJob[],
  cleanUp: () => Promise<void>,
): RunningTarget {
  const faults = new FaultWatch(jobs);
  let stopped = false;
  const signal = (name: NodeJS.Signals) => {
    stopped = true;
    if (child.pid !== undefined) killGroup(child.pid, name);
  };
  const done = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const outcome = () => verdict(cmd, stopped ? 0 : code, faults.states);
      cleanUp().then(outcome).then(resolve, reject);
    });
  });
  return {
    sharedConsole: true,
    onOutput: (listener) => {
      child.stdout?.on("data", (bytes: Buffer) => {
        faults.push(bytes);
        listener(0, bytes);
      });
    },
    requestShutdown: () => signal("SIGTERM"),
    stop: () => signal("SIGKILL"),
    done,
  };
}

/** @throws UserError for what only an emulated CPU can do. */
export function needsNoEmulator({ icount, gdb, entry, tscDeadline }: RunOptions): void {
  const flag = icount ? "--icount" : gdb ? "--gdb" : tscDeadline ? "--cpu" : entry === "rt" && "--entry rt";
  if (flag) throw new UserError(`${flag} needs an emulated CPU: use it with --on cellbox`);
}

function killGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // all of it has ended already
  }
}

function verdict(cmd: string, code: number | null, states: CellState[]): Outcome {
  if (code === 0) return { states, notes: [] };
  if (code !== null && NOT_RUN.includes(code)) {
    throw new UserError(`exec:${cmd} cannot be run: give the path of a program, as in --on exec:./on-my-board.sh`);
  }
  const how = code === null ? "was killed" : `ended with exit code ${code}`;
  return { states: states.map(() => "failed"), notes: [`exec:${cmd} ${how}`] };
}

/** Reads from the console which cells have failed. */
class FaultWatch {
  readonly #jobs: readonly CellJob[];
  readonly #lines = new LineReader();
  readonly states: CellState[];

  constructor(jobs: readonly CellJob[]) {
    this.#jobs = jobs;
    this.states = jobs.map(() => "running");
  }

  push(bytes: Uint8Array): void {
    for (const line of this.#lines.push(bytes)) {
      const parked = /Parking CPU \d+ \(Cell: "(.*)"\)/.exec(line);
      // All cells share the console: with several of them a report does not tell whose it is.
      if (parked) this.#fail((job) => job.cell.name === parked[1]);
      else if (/^ {4}at 0x[0-9a-f]+$/.test(line)) this.#fail(() => true);
    }
  }

  #fail(which: (job: CellJob) => boolean): void {
    this.#jobs.forEach((job, i) => {
      if (which(job)) this.states[i] = "failed";
    });
  }
}
