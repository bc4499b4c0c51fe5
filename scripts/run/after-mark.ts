import { LineReader } from "./lines.ts";
import { CONSOLE } from "./ssh-script.ts";

/** The stdout of a script that ssh has started: lines that a login shell has printed, the mark, and what the script itself gives. */
export class AfterMark {
  readonly #lines = new LineReader();
  readonly #before: string[] = [];
  #isMarked = false;

  /** What of these bytes comes behind the mark. */
  push(bytes: Buffer): Buffer {
    let rest = bytes;
    while (!this.#isMarked && rest.length > 0) {
      const end = rest.indexOf("\n") + 1 || rest.length;
      for (const line of this.#lines.push(rest.subarray(0, end))) {
        if (line === CONSOLE) this.#isMarked = true;
        else this.#before.push(line);
      }
      rest = rest.subarray(end);
    }
    return rest;
  }

  /** The lines before the mark. */
  get before(): readonly string[] {
    return [...this.#before, this.#lines.unfinished].filter((line) => line !== "");
  }
}
