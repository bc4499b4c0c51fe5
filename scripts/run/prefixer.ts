const LF = 10;

/**
 * Puts the name of its inmate before every line when several share our stdout. Nothing waits for the end of a line:
 * when another inmate writes meanwhile, the unfinished line is ended and later goes on under its name again.
 */
export class Prefixer {
  readonly #names: readonly string[];
  /** Whose unfinished line is the last on stdout. */
  #open: number | undefined;

  constructor(names: readonly string[]) {
    const width = Math.max(...names.map((name) => name.length));
    this.#names = names.map((name) => `${name.padEnd(width)} | `);
  }

  push(cell: number, bytes: Uint8Array): Buffer {
    const out: Buffer[] = [];
    if (this.#open !== undefined && this.#open !== cell) {
      out.push(Buffer.from("\n"));
      this.#open = undefined;
    }
    const buffer = Buffer.from(bytes);
    for (let from = 0; from < buffer.length; ) {
      const end = buffer.indexOf(LF, from);
      const to = end < 0 ? buffer.length : end + 1;
      if (this.#open === undefined) out.push(Buffer.from(this.#names[cell] ?? ""));
      out.push(buffer.subarray(from, to));
      this.#open = end < 0 ? cell : undefined;
      from = to;
    }
    return Buffer.concat(out);
  }
}
