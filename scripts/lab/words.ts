/** What can be in the way of an experiment on the target, in the user's terms. */
import { UserError } from "../errors.ts";
import type { Destination } from "../run/ssh.ts";
import type { TargetFacts } from "../run/ssh-facts.ts";
import { failure } from "../run/ssh-words.ts";
import type { SharedMemory } from "./experiments.ts";
import { isMachine, MACHINES } from "./program.ts";

export interface Target {
  readonly facts: TargetFacts;
  /** As `uname -r` says. */
  kernel: string;
  /** As the tool says. */
  jailhouse: string;
  /** The device tree's, with blanks between. */
  compatible: string;
}

/** Root's memory is as the board has it only if the root cell is the board's: another access may stop Linux. */
export function unfit({ host }: Destination, facts: TargetFacts, memory: SharedMemory): UserError | undefined {
  const { board, rootCell, cells } = memory;
  const { machine, enabled } = facts;
  if (!isMachine(machine)) return new UserError(`${host} runs ${machine}: lab knows ${MACHINES.join(" and ")}`);
  if (enabled === undefined)
    return new UserError(
      `${host}: the driver of Jailhouse is not loaded: modprobe jailhouse, then jailhouse enable there`,
    );
  if (!enabled) return new UserError(`Jailhouse is not enabled on ${host}: jailhouse enable SYSTEM.cell there`);
  const root = facts.cells.find(({ id }) => id === 0);
  if (root?.name !== rootCell)
    return new UserError(
      `${host} runs the root cell ${root?.name}, and the experiment is for ${board.name} (root cell ${rootCell}): use it on that board`,
    );
  const present = facts.cells.filter(({ name }) => cells.includes(name));
  if (present.some(({ state }) => state.startsWith("running"))) return undefined;
  const [there] = present;
  if (there)
    return new UserError(
      `cell ${there.name} on ${host} is ${there.state}: run its program there first, jh-inmate run with --replace --detach`,
    );
  return new UserError(
    `${host} has no cell ${cells.join(" or ")}: run its program there first, jh-inmate run with --detach`,
  );
}

/** By the number that the program mem says. */
const ERRNO: Readonly<Record<string, string>> = {
  1: "Linux there allows no such access: it needs a kernel with CONFIG_STRICT_DEVMEM off, and no lockdown",
  2: "there is no /dev/mem: it needs a kernel with CONFIG_DEVMEM",
  13: "Linux there does not let root open it: see its security module's log",
};

/** `said` is a line of the script without its mark, "fail signature 0000000000000000". */
export function failedThere(said: string, destination: Destination, { cells, address }: SharedMemory): UserError {
  const { host } = destination;
  const [, what = "", ...rest] = said.split(" ");
  const text = rest.join(" ").trim();
  const [cell] = cells;
  switch (what) {
    case "program":
      return new UserError(
        `${host}: no program can run in ${text}: mount /tmp, /dev/shm, /run or /var/tmp without noexec`,
      );
    case "memory": {
      const error = /: (\d+)$/.exec(text)?.[1] ?? "";
      return new UserError(`${host}: cannot reach /dev/mem: ${ERRNO[error] ?? "see what is said"}`, text || undefined);
    }
    case "signature":
      return new UserError(
        `${host}: at 0x${address.toString(16)} is 0x${text.slice(0, 2)} where the profiler's signature 0xe7 is due: does cell ${cell} run the profiler, and is the system s32v234sbc-rootprof`,
      );
    case "busy":
      return new UserError(
        `${host}: cell ${cell} is enabled already: wait until whoever did it is done, or take over with --replace`,
      );
    case "count":
      return new UserError(`${host}: the profiler counts 0x${text} samples, more than it may: start cell ${cell} anew`);
    case "cleared":
      return new UserError(`${host}: cell ${cell} has stopped by itself: its console tells why`);
    default:
      return failure(said, { destination, jobs: [], replaced: [] });
  }
}

export function lostThere({ host }: Destination, started: boolean, errors: string): UserError {
  const what = started
    ? "the target disables the cell itself, within a minute; nothing was collected"
    : "nothing was enabled, try again";
  return new UserError(`lost the connection to ${host}: ${what}`, errors || undefined);
}
