/** Keys of the terminal, one at a time; a whole line where one is asked for. */
import type { ReadStream } from "node:tty";

export type Key = "r" | "s" | "x" | "b" | "h" | "q";

export const KEYS: readonly (readonly [Key, string])[] = [
  ["r", "restart: build what has changed, and start anew"],
  ["s", "send a shutdown request"],
  ["x", "stop the cell, or start it again"],
  ["b", "choose another board"],
  ["h", "show this help"],
  ["q", "quit, as Ctrl-C does"],
];

/** As a terminal sends them. */
const QUIT = ["\x03", "\x04"];
const ENTER = ["\r", "\n"];
const ERASE = ["\x7f", "\b"];
const ESCAPE = "\x1b";

export class Keyboard {
  readonly #terminal: ReadStream;
  readonly #onKey: (key: Key) => void;
  readonly #onOther: (character: string) => void;
  /** Takes characters while a line is asked for. */
  #line: ((character: string) => void) | undefined;

  /** `onOther`: a letter or sign that is no key of ours. */
  constructor(terminal: ReadStream, onKey: (key: Key) => void, onOther: (character: string) => void) {
    this.#terminal = terminal;
    this.#onKey = onKey;
    this.#onOther = onOther;
    terminal.setRawMode(true);
    terminal.setEncoding("utf8");
    terminal.on("data", this.#take);
  }

  /** Shows `question` and reads a line; undefined if the user gives none. */
  ask(question: string): Promise<string | undefined> {
    process.stderr.write(question);
    return new Promise((resolve) => {
      let text = "";
      const end = (answer: string | undefined) => {
        this.#line = undefined;
        process.stderr.write("\n");
        resolve(answer);
      };
      this.#line = (character) => {
        if (character === ESCAPE) end(undefined);
        else if (ENTER.includes(character)) end(text.trim() || undefined);
        else if (ERASE.includes(character)) {
          if (text !== "") process.stderr.write("\b \b");
          text = text.slice(0, -1);
        } else if (character >= " ") {
          text += character;
          process.stderr.write(character);
        }
      };
    });
  }

  close(): void {
    this.#terminal.off("data", this.#take);
    this.#terminal.setRawMode(false);
    this.#terminal.pause();
  }

  #take = (text: string): void => {
    // An arrow for example sends a sequence that begins so.
    const characters = text.startsWith(ESCAPE) ? [ESCAPE] : text;
    for (const character of characters) {
      if (QUIT.includes(character)) this.#onKey("q");
      else if (this.#line) this.#line(character);
      else {
        const key = KEYS.find(([known]) => known === character.toLowerCase())?.[0];
        if (key) this.#onKey(key);
        else if (character > " ") this.#onOther(character);
      }
    }
  };
}
