/** The consoles of several cells on one line from the monitor: pieces of a cell's index, a length, and as many bytes (runtime/cellbox/consoles.ts). */

const LF = 10;
/** Milliseconds after which the beginning of a line is passed on, so that a progress bar is seen. */
const LONGEST_WAIT = 100;

type Listener = (cell: number, bytes: Uint8Array) => void;

/** Passes on whole lines, as cells that print at the same time would shred each other's. */
export class SharedConsole {
  readonly #listener: Listener;
  /** Without it the same bytes come in the same pieces, whenever they come. */
  readonly #impatient: boolean;
  readonly #lines = new Map<number, number[]>();
  #timer: NodeJS.Timeout | undefined;
  /** Whose piece this is, and how many bytes of it are to come; before the length has come there is none. */
  #cell: number | undefined;
  #left: number | undefined;

  constructor(listener: Listener, impatient: boolean) {
    this.#listener = listener;
    this.#impatient = impatient;
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#cell === undefined) this.#cell = byte;
      else if (this.#left === undefined) this.#left = byte;
      else {
        this.#add(this.#cell, byte);
        if (--this.#left > 0) continue;
        this.#cell = undefined;
        this.#left = undefined;
      }
    }
    if (this.#impatient) this.#timer ??= setTimeout(() => this.end(), LONGEST_WAIT);
  }

  /** Passes on the lines that have begun. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const cell of [...this.#lines.keys()].sort((a, b) => a - b)) this.#pass(cell);
  }

  #add(cell: number, byte: number): void {
    const line = this.#lines.get(cell) ?? [];
    this.#lines.set(cell, line);
    line.push(byte);
    if (byte === LF) this.#pass(cell);
  }

  #pass(cell: number): void {
    const line = this.#lines.get(cell);
    this.#lines.delete(cell);
    if (line) this.#listener(cell, Uint8Array.from(line));
  }
}
