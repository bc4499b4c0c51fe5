import type { FormatName } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";

export interface Flags {
  readonly out?: string | undefined;
  readonly all?: boolean | undefined;
  readonly format?: FormatName | undefined;
  readonly board?: string | undefined;
  readonly json?: boolean | undefined;
}

/** What `jh-inmate config` can do. */
export interface Action {
  /** What stands behind its name on the command line. */
  readonly usage: string;
  /** The flags that it takes. */
  readonly flags: readonly (keyof Flags)[];
  /** How many operands it takes. */
  readonly least: number;
  readonly most: number;
  /** Gives the exit code. */
  readonly run: (operands: readonly string[], flags: Flags) => Promise<number>;
}

export function formatFlag(format: string | undefined): FormatName | undefined {
  if (format === undefined || format === "mainline" || format === "rt") return format;
  throw new UserError(`--format ${format} is unknown: give mainline or rt (the real-time fork)`);
}
