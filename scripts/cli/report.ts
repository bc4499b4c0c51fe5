import { isUserError, messageOf } from "../errors.ts";
import type { CheckReport } from "../pipeline/check-stages.ts";

/** Exit codes: 2 for what the user can mend, 70 (EX_SOFTWARE of sysexits.h) for a defect of ours. */
const USAGE = 2;
const INTERNAL = 70;

/** Prints what was thrown, one line first, and gives the exit code for it. */
export function report(error: unknown): number {
  if (isUserError(error)) {
    const detail = error.detail === undefined ? "" : `${error.detail.trimEnd()}\n`;
    process.stderr.write(`error: ${error.message}\n${detail}`);
    return USAGE;
  }
  const firstLine = messageOf(error).split("\n")[0];
  process.stderr.write(`internal error: ${firstLine}\n`);
  if (process.env.JH_INMATE_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  else process.stderr.write("this is a defect of jh-inmate; set JH_INMATE_DEBUG=1 to see where\n");
  return INTERNAL;
}

/** Prints what the checks of a build found and did not refuse. */
export function reportChecks({ warnings, notes }: CheckReport): void {
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
}
