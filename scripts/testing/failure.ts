/** What a test is told when a cell does not do what it waits for. */
import type { CellView } from "./host.ts";

const LAST_LINES = 20;

/** An error that names the caller's line in the test, not ours: made when the test calls, thrown when it is known what to say. */
export function failureAt(caller: (...args: never[]) => unknown): (message: string) => Error {
  const error = new Error();
  error.name = "InmateError";
  Error.captureStackTrace(error, caller);
  const frames = error.stack?.split("\n").slice(1).join("\n");
  return (message) => {
    error.message = message;
    error.stack = `${error.name}: ${message}\n${frames}`;
    return error;
  };
}

/** `what` did not happen; the cell's state, and the last that it printed. */
export function failureMessage(what: string, { state, console, notes }: CellView): string {
  const text = console.text.replace(/\n$/, "");
  const lines = text === "" ? [] : text.split("\n");
  const head =
    lines.length === 0
      ? "It has printed nothing."
      : lines.length > LAST_LINES
        ? `The last ${LAST_LINES} of the ${lines.length} lines of its console:`
        : "Its console:";
  return [
    `${what}; the cell is ${state}`,
    // Not as they are: test runners take lines with "at" for the error's own stack.
    ...notes.map((note) => `  > ${note}`),
    head,
    ...lines.slice(-LAST_LINES).map((line) => `  | ${line}`),
  ].join("\n");
}
