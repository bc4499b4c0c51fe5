/** Real Jailhouse on another machine, by the system's ssh and its configuration. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Board, CellConfig } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { checkConflicts } from "./cellbox-conflicts.ts";
import { needsNoEmulator } from "./exec.ts";
import { LIMITS, type Limits, SshRun } from "./ssh-run.ts";
import { BOOTSTRAP, scriptFor, type Wishes } from "./ssh-script.ts";
import type { Target } from "./target.ts";

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

/**
 * Nobody is there to answer ssh's questions, so it asks none. A connection that has died is noticed within half a minute; a target whose
 * Linux stands still, too.
 */
const OPTIONS = ["BatchMode=yes", "ConnectTimeout=10", "ServerAliveInterval=10", "ServerAliveCountMax=3"];

/** What is going on, on one line of the terminal. */
export interface Progress {
  stage(name: string): void;
  end(): void;
}

export function sshTarget(
  destination: Destination,
  wishes: Wishes,
  progress: Progress,
  limits: Limits = LIMITS,
): Target {
  return {
    async start(jobs, options) {
      needsNoEmulator(options);
      checkConflicts(jobs, []);
      const { host } = destination;
      const script = scriptFor(jobs, wishes);
      progress.stage(`connecting to ${host}`);
      const child = connect(destination);
      const run = new SshRun({ destination, jobs, child, wishes, progress, limits });
      child.stdin.write(script);
      const abort = () => run.abort();
      process.on("SIGINT", abort);
      process.on("SIGTERM", abort);
      try {
        await run.started;
      } finally {
        progress.end();
        process.off("SIGINT", abort);
        process.off("SIGTERM", abort);
      }
      process.stderr.write(jobs.map(({ cell, board }) => consoleLine(host, cell, board)).join(""));
      run.limit(options);
      return run;
    },
  };
}

/** Reads a script from stdin there. In a process group of its own: a Ctrl-C of the terminal is ours to handle, the cell is to be asked first. */
export function connect({ host, port }: Destination): ChildProcessWithoutNullStreams {
  const args = ["-T", ...OPTIONS.flatMap((option) => ["-o", option]), ...(port === undefined ? [] : ["-p", port])];
  return spawn("ssh", [...args, "--", host, BOOTSTRAP], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
}

/** Where the user finds what the cell prints. */
function consoleLine(host: string, { name, flags, console }: CellConfig, board: Board): string {
  if (flags.includes("virtual-console-active")) return "";
  const hint = flags.includes("virtual-console-permitted") ? `; --args "con-virtual" sends it here, too` : "";
  const place =
    console.type === "none" ? "its UART" : `its UART (${console.type} at 0x${console.address.toString(16)})`;
  return `cell ${name} on ${host} (${board.name}) prints on ${place}, to be read there${hint}\n`;
}
