/** What a check says, and the form of a rule. */
import type { CheckedCell, ConfigurationSet } from "./set.ts";

/** An error cannot work or breaks the isolation of cells; a warning works, though hardly as it was meant. */
export type Severity = "error" | "warning";

export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  /** The files that it is about. */
  readonly files: readonly string[];
  /** What is wrong, both sides named; one line. */
  readonly message: string;
  /** What happens on the target. */
  readonly consequence: string;
  /** What to do. */
  readonly remedy: string;
}

/** A place where a rule is broken. */
export interface Problem {
  readonly cells: readonly CheckedCell[];
  readonly message: string;
  readonly remedy: string;
}

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, for the documentation. */
  readonly about: string;
  /** What happens on the target. */
  readonly consequence: string;
  readonly find: (set: ConfigurationSet) => Problem[];
}
