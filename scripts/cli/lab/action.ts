import { UserError } from "../../errors.ts";
import { type Destination, parseDestination } from "../../run/ssh.ts";

/** The flags of all of `lab`'s actions, as they were given. */
export interface Flags {
  readonly on?: string | undefined;
  readonly out?: string | undefined;
  readonly seconds?: string | undefined;
  readonly replace?: boolean | undefined;
  readonly controller?: string | undefined;
  readonly interval?: string | undefined;
  readonly max?: string | undefined;
  readonly bytes?: boolean | undefined;
  readonly "axi-id"?: string | undefined;
  readonly "axi-mask"?: string | undefined;
  readonly columns?: string | undefined;
  readonly "cpu-mhz"?: string | undefined;
  readonly model?: string | undefined;
  readonly cell?: string | undefined;
  readonly size?: string | undefined;
  readonly reads?: boolean | undefined;
  readonly writes?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly budget?: string | undefined;
}

/** What `jh-inmate lab` can do. */
export interface Action {
  /** What stands behind its name on the command line. */
  readonly usage: string;
  /** The flags that it takes. */
  readonly flags: readonly (keyof Flags)[];
  /** How many operands it needs. */
  readonly operands: 0 | 1;
  /** Gives the exit code. */
  readonly run: (operands: readonly string[], flags: Flags) => Promise<number>;
}

export function destinationFlag(on: string | undefined, action: string): Destination {
  if (on?.startsWith("ssh:")) return parseDestination(on.slice("ssh:".length));
  throw new UserError(
    on === undefined
      ? `lab ${action} needs the board: --on ssh:HOST`
      : `--on ${on} is no board: lab ${action} takes ssh:[USER@]HOST`,
  );
}

/** A whole number from a flag, decimal or after 0x. */
export function numberFlag(
  flags: Flags,
  name: keyof Flags & string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const text = flags[name];
  if (text === undefined) return otherwise;
  const number = /^(\d+|0x[\da-f]+)$/i.test(String(text)) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UserError(`--${name} ${text}: give a whole number from ${least} to ${most}`);
}
