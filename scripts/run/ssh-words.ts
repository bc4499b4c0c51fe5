/** What went wrong on the target of `--on ssh:HOST`, in the user's terms. */
import { UserError } from "../errors.ts";
import type { CellJob } from "./target.ts";

/** What the `jailhouse` tool says about an error number, by what was asked for (jailhouse-abi 7.2); NAME is the cell's, HOST the target's. */
const REFUSALS: Readonly<Record<string, readonly (readonly [words: RegExp, meaning: string])[]>> = {
  create: [
    [/File exists/, "a cell of this name exists already: jailhouse cell destroy NAME"],
    [
      /resource busy/,
      "one of its CPUs, or of its devices, is not the root cell's: see jailhouse cell list, and the cell's cpus",
    ],
    [/not permitted/, "a running cell has locked the configuration: shut that cell down first"],
    [
      /Invalid argument/,
      "the hypervisor does not take the configuration: it must be of this board and this version of Jailhouse, and give only what the root cell has",
    ],
    [/allocate memory/, "the hypervisor has no memory left for it: destroy other cells"],
  ],
  load: [
    [/Invalid argument/, "the program does not fit into a loadable region of the cell's memory"],
    [/not permitted/, "a cell refuses: one that runs has locked the configuration, or does not want to be shut down"],
  ],
  start: [
    [/not permitted/, "a cell refuses: one that runs has locked the configuration"],
    [/Invalid argument/, "the hypervisor cannot start it"],
  ],
};

/** Why nothing was started; `said` is a line of the script without its mark, "fail create 0 JAILHOUSE_CELL_CREATE: File exists". */
export function failure(host: string, said: string, jobs: readonly CellJob[]): UserError {
  const [, what = "", subject = "", ...rest] = said.split(" ");
  const text = rest.join(" ").trim();
  const cell = jobs[Number(subject)]?.cell.name ?? "";
  switch (what) {
    case "root":
      return new UserError(
        `${host}: Jailhouse needs root, and ${subject} cannot become root without a password: use ssh:root@… or allow it in sudoers (NOPASSWD)`,
      );
    case "receive":
      return new UserError(
        `${host}: cannot write ${[subject, text].join(" ").trim()} there: base64 and room in /tmp are needed`,
      );
    case "tool":
      return new UserError(`${host}: there is no jailhouse command: install Jailhouse's tools there (make install)`);
    case "driver":
      return new UserError(
        `${host}: the driver of Jailhouse is not loaded: modprobe jailhouse, then jailhouse enable SYSTEM.cell`,
      );
    case "disabled":
      return new UserError(
        `${host}: Jailhouse is not enabled: jailhouse enable SYSTEM.cell, with the configuration of the board`,
      );
    case "exists":
      return new UserError(
        `${host}: cell ${cell} exists already and is ${text || "in use"}: jailhouse cell destroy ${cell}, if nobody needs it`,
      );
    default: {
      const meaning = REFUSALS[what]?.find(([words]) => words.test(text))?.[1].replaceAll("NAME", cell);
      const why = meaning === undefined ? "" : `: ${meaning}`;
      return new UserError(`${host}: jailhouse cell ${what} failed for cell ${cell}${why}`, text);
    }
  }
}

/** ssh itself ended with 255: nothing has reached the target. */
export function unreachable(host: string, port: string | undefined, errors: string): UserError {
  const hints: readonly (readonly [RegExp, string])[] = [
    [/Permission denied/, "it takes no key without asking: give it yours by ssh-copy-id, or use an agent"],
    [/Host key verification failed/, "its key is not known: connect once by hand and check it"],
    [/Could not resolve/, "there is no such host, neither in DNS nor in ~/.ssh/config"],
    [/refused|timed out|No route|unreachable/, "is it on, and does sshd run there"],
  ];
  const hint = hints.find(([words]) => words.test(errors))?.[1] ?? "see what ssh says";
  const by = port === undefined ? host : `-p ${port} ${host}`;
  return new UserError(`${host} cannot be reached by ssh: ${hint} (try: ssh ${by} true)`, errors);
}
