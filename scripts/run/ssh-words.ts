/** What went wrong on the target of `--on ssh:HOST`, in the user's terms. */
import { UserError } from "../errors.ts";
import { cellCommands, quote } from "./job-folder.ts";
import type { Destination } from "./ssh.ts";
import type { TargetFacts } from "./ssh-facts.ts";
import { type Command, meaningOf } from "./ssh-refusals.ts";
import type { CellJob } from "./target.ts";

/** What the script did last. */
export interface Step {
  readonly command: Command;
  readonly cell: string;
}

/** What a step is called while it is done. */
export const DOING: Readonly<Record<Command, string>> = {
  create: "creating",
  load: "loading",
  start: "starting",
  shutdown: "shutting down",
  destroy: "destroying",
};

export interface Failed {
  readonly destination: Destination;
  readonly jobs: readonly CellJob[];
  /** Cells that have been destroyed to be replaced. */
  readonly replaced: readonly string[];
}

/** Why nothing was started; `said` is a line of the script without its mark, "fail create 0 JAILHOUSE_CELL_CREATE: File exists |". */
export function failure(said: string, { destination: { host }, jobs, replaced }: Failed): UserError {
  const [, what = "", subject = "", ...rest] = said.split(" ");
  const text = rest.join(" ").trim();
  const job = jobs[Number(subject)];
  const cell = job?.cell.name ?? "";
  switch (what) {
    case "folder":
      return new UserError(
        `${host}: no file can be written there: /tmp, /dev/shm, /run or /var/tmp must be writable and have room, and mktemp be installed`,
      );
    case "root":
      return new UserError(
        `${host}: Jailhouse needs root, and ${subject} cannot become root without a password: use ssh:root@… or allow it in sudoers (NOPASSWD)`,
      );
    case "receive": {
      const [file = "", line = ""] = said.slice("fail receive ".length).split("|");
      const message = `${host}: cannot write ${file} there: base64 and room for it are needed`;
      return new UserError(message, line.trim() || undefined);
    }
    case "nothing":
      return new UserError(
        `${host}: jailhouse cell create succeeded, and there is no cell ${cell}: Jailhouse does so with a cell for another architecture than its own`,
      );
    default: {
      const [line = "", log = ""] = text.split("|").map((part) => part.trim());
      const command = what as Command;
      const meaning = meaningOf({ command, cell, format: job?.format ?? "mainline", said: line, log });
      const gone = replaced.includes(cell) ? [`the cell ${cell} that was there before is gone`] : [];
      const detail = [line, log && `kernel log: jailhouse: ${log}`, ...gone].filter(Boolean).join("\n");
      return new UserError(`${host}: jailhouse cell ${command} failed for cell ${cell}${meaning}`, detail);
    }
  }
}

/** By what ssh says when it does not get there. */
const UNREACHABLE: readonly (readonly [words: RegExp, hint: string])[] = [
  [
    /HOST IDENTIFICATION HAS CHANGED/,
    "its key is another one than it was: if the board was set up anew, ssh-keygen -R 'KNOWN'",
  ],
  [/Host key verification failed/, "its key is not known: connect once by hand and check it"],
  [/Permission denied/, "it takes no key without asking: give it yours by ssh-copy-id, or use an agent"],
  [/Could not resolve/, "there is no such host, neither in DNS nor in ~/.ssh/config"],
  [/refused|timed out|No route|unreachable/, "is it on, and does sshd run there"],
];

/** ssh itself ended with 255: nothing has reached the target. */
export function unreachable(destination: Destination, errors: string): UserError {
  const { host, port } = destination;
  const name = host.replace(/^.*@/, "");
  const known = port === undefined ? name : `[${name}]:${port}`;
  const hint = UNREACHABLE.find(([words]) => words.test(errors))?.[1] ?? "see what ssh says";
  const line = `${host} cannot be reached by ssh: ${hint.replace("KNOWN", known)} (try: ${sshTo(destination)} true)`;
  return new UserError(line, errors);
}

/** The connection was there, and no script: what came instead. */
export function noShell({ host }: Destination, code: number | null, said: readonly string[]): UserError {
  const message = `${host} runs no shell script by ssh (exit code ${code}): the user needs a login shell there, and sh`;
  return new UserError(message, said.filter((line) => line !== "").join("\n") || undefined);
}

/** How the user reaches the target. */
export function sshTo({ host, port }: Destination): string {
  return port === undefined ? `ssh ${host}` : `ssh -p ${port} ${host}`;
}

/** The connection was there and is gone, before the cells ran. */
export function lost({ host }: Destination, step: Step | undefined, errors: string): UserError {
  if (!step)
    return new UserError(`lost the connection to ${host} before a cell was created: try again`, errors || undefined);
  const why =
    step.command === "shutdown" || step.command === "destroy"
      ? ": a cell that does not answer the request stops its Linux, too; then only a reset helps"
      : ": the target destroys the cell itself, see jailhouse cell list there";
  return new UserError(
    `lost the connection to ${host} while ${DOING[step.command]} cell ${step.cell}${why}`,
    errors || undefined,
  );
}

/** How to go on with cells that are left there. */
export function leftLines(destination: Destination, jobs: readonly CellJob[], facts: TargetFacts): string[] {
  const { sudo, tool = "jailhouse" } = facts;
  const called = (command: string) => (sudo ? "sudo " : "") + command.replace(/^jailhouse/, tool);
  const there = (...commands: string[]) => `${sshTo(destination)} ${quote(commands.map(called).join(" && "))}`;
  const stops = jobs.map((job) => {
    const { shutdown, destroy } = cellCommands(job, ".");
    return `  stop ${job.cell.name}: ${there(shutdown, destroy)}`;
  });
  return [
    `left on ${destination.host}:`,
    `  watch: ${there("jailhouse console -f")}`,
    `  state: ${there("jailhouse cell list")}`,
    ...stops,
    "  replace: the same run again, with --replace",
  ];
}
