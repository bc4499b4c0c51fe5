/** What an error of the `jailhouse` tool means on the target of `--on ssh:HOST`, and what to do about it (jailhouse-abi 7.2). */
import type { FormatName } from "../../boards/index.ts";
import type { ErrorName } from "../shell/errno.ts";
import { errorIn } from "../shell/errno.ts";
import { titleOf } from "./ssh-check.ts";

export type Command = "create" | "load" | "start" | "shutdown" | "destroy";

export interface Refused {
  readonly command: Command;
  /** The cell's name. */
  readonly cell: string;
  readonly format: FormatName;
  /** What the tool said, and what the driver wrote into the kernel's log. */
  readonly said: string;
  readonly log: string;
}

/** NAME stands for the cell. */
type Meanings = Readonly<Partial<Record<ErrorName, string>>>;

const GONE = "there is no such cell any more: somebody has destroyed it meanwhile";
const REFUSES =
  "the cell NAME refuses to shut down, and so long it cannot be loaded, started or destroyed: ask it again, jailhouse cell shutdown NAME";
const NO_MEMORY = "Linux has not enough memory to map the cell's: end other programs there";

/** What each command can fail with, by the meaning it has there. */
export const REFUSALS: Readonly<Record<Command, Meanings>> = {
  create: {
    EPERM:
      "a cell that runs has locked the configuration (running/locked in jailhouse cell list): shut that cell down first",
    EIO: "the hypervisor cannot set up a device of the cell, such as its IOMMU: see jailhouse console",
    E2BIG: "the configuration is larger than the 64 KiB that the driver takes: give the cell fewer regions or devices",
    ENOMEM:
      "the hypervisor has no memory left for its tables (mem_pool_used in sysfs), or Linux has none: destroy other cells",
    EBUSY:
      "a CPU of the cell is not the root cell's, or a device of it is in use (a PCI device by another cell, an ivshmem id twice): see jailhouse cell list",
    EEXIST: "a cell of this name is there already: give --replace, or your cell another name",
    ENODEV: "a device that the configuration names is not on this board: is it the board's",
    EINVAL:
      "the configuration asks for what the root cell cannot give (on x86 CPU 0, pins, PCI devices, ivshmem regions): jh-inmate config check SYSTEM.cell CELL.cell tells more",
    ERANGE: "a number in the configuration is out of range: jh-inmate config check SYSTEM.cell CELL.cell tells more",
  },
  load: {
    EPERM: REFUSES,
    ENOENT: GONE,
    ENOMEM: NO_MEMORY,
    EINVAL:
      "the program, or its command line, does not lie in a loadable region of the cell's memory as a whole: give the cell more RAM",
  },
  start: {
    EPERM: REFUSES,
    ENOENT: GONE,
    EINVAL: "the hypervisor cannot start the cell: see jailhouse console",
  },
  shutdown: {
    EPERM:
      "asked twice, the cell NAME refuses: it was not replaced and goes on running; ask it again, jailhouse cell shutdown NAME",
    ENOENT: GONE,
  },
  destroy: {
    EPERM:
      "the cell NAME refuses to shut down, or another one that runs has locked the configuration: jailhouse cell list tells, shut that down first",
    ENOENT: GONE,
  },
};

/** EINVAL of \`cell create\` has a reason more often than not, which only the kernel's log tells. */
const LOGGED: readonly (readonly [words: RegExp, meaning: (format: string) => string])[] = [
  [
    /^Not a cell configuration/,
    (format) =>
      `its Jailhouse knows no files of ${format}: it is another version or the other format; build the cell for that one`,
  ],
  [
    /^Configuration revision mismatch/,
    (format) => `its Jailhouse has another revision than ${format}: install one of that revision there`,
  ],
];

/** "(EBUSY): what it means: what to do", or nothing if we know nothing. */
export function meaningOf({ command, cell, format, said, log }: Refused): string {
  const error = errorIn(said);
  if (/^opening \/dev\/jailhouse: /.test(said))
    return ": the driver of Jailhouse is not loaded, or not for this user: modprobe jailhouse";
  if (error === undefined) return "";
  const logged = LOGGED.find(([words]) => command === "create" && error === "EINVAL" && words.test(log))?.[1];
  const meaning = logged?.(titleOf(format)) ?? REFUSALS[command][error];
  return meaning === undefined ? ` (${error})` : ` (${error}): ${meaning.replaceAll("NAME", cell)}`;
}
