/**
 * What the user can mend: a wrong flag, a missing tool, a mistake in their program or cell. The message is one line in
 * the user's terms (what, where, what to do); `detail` may add lines below it. The command line prints it as
 * `error: …` and exits 2. Every other exception is a defect of ours.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly detail: string | undefined;

  constructor(message: string, detail?: string) {
    super(message);
    this.detail = detail;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Whether it is the user's to mend. By name and not by class: a cell.ts under test is loaded with the bundle's copy of
 * the class.
 */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError";
}
