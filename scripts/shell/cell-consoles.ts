/**
 * What cells print, line by line, each under the name of its cell. A line that is not finished is held back for a moment, so that cells
 * that print at the same time do not break each other's lines.
 */
const PATIENCE = 200;

export class CellConsoles {
  readonly #write: (text: string) => void;
  /** What is held back, by cell. */
  readonly #begun = new Map<string, { text: string; timer: NodeJS.Timeout }>();
  /** Whose unfinished line is on the screen. */
  #open: string | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  write(name: string, bytes: Uint8Array): void {
    const held = this.#begun.get(name);
    clearTimeout(held?.timer);
    this.#begun.delete(name);
    const lines = ((held?.text ?? "") + Buffer.from(bytes).toString().replaceAll("\r", "")).split("\n");
    const rest = lines.pop() as string;
    for (const line of lines) this.#line(name, `${line}\n`);
    if (rest === "") return;
    const timer = setTimeout(() => {
      this.#begun.delete(name);
      this.#line(name, rest);
      this.#open = name;
    }, PATIENCE);
    this.#begun.set(name, { text: rest, timer });
  }

  /** Shows what is held back, and gives what ends an unfinished line. */
  freshLine(): string {
    for (const [name, { text, timer }] of this.#begun) {
      clearTimeout(timer);
      this.#line(name, `${text}\n`);
    }
    this.#begun.clear();
    const ends = this.#open === undefined ? "" : "\n";
    this.#open = undefined;
    return ends;
  }

  #line(name: string, text: string): void {
    const goesOn = this.#open === name;
    const ends = this.#open === undefined || goesOn ? "" : "\n";
    this.#open = undefined;
    this.#write(goesOn ? text : `${ends}${name} | ${text}`);
  }
}
