/** A set-associative cache that replaces the least recently used line of a set. It knows lines by number, not what is in them. */

/** Of a place in which no line is. */
const NONE = -1;

export class Cache {
  readonly #ways: number;
  /** Sets are a power of two: a mask is much faster than a remainder. */
  readonly #mask: number;
  /** The lines of a set one after the other, the most recently used first. */
  readonly #lines: Float64Array;
  readonly #dirty: Uint8Array;

  constructor({ size, ways }: { readonly size: number; readonly ways: number }, line: number) {
    this.#ways = ways;
    this.#mask = size / ways / line - 1;
    this.#lines = new Float64Array(size / line).fill(NONE);
    this.#dirty = new Uint8Array(size / line);
  }

  /** Whether the line is there; it is the most recently used one then, and dirty after a write. */
  touch(line: number, write: boolean): boolean {
    const first = (line & this.#mask) * this.#ways;
    const lines = this.#lines;
    let at = first;
    const end = first + this.#ways;
    while (lines[at] !== line) if (++at === end) return false;
    const dirty = write ? 1 : (this.#dirty[at] as number);
    if (at === first) this.#dirty[at] = dirty;
    else this.#moveDown(first, at, line, dirty);
    return true;
  }

  /** Brings in a line that is not there. Gives the line that has to be written back for it; undefined: none has. */
  fill(line: number, write: boolean): number | undefined {
    const first = (line & this.#mask) * this.#ways;
    const last = first + this.#ways - 1;
    const victim = this.#dirty[last] === 1 ? this.#lines[last] : undefined;
    this.#moveDown(first, last, line, write ? 1 : 0);
    return victim;
  }

  /** Those before `at` make room for a line in the first place. */
  #moveDown(first: number, at: number, line: number, dirty: number): void {
    const [lines, dirties] = [this.#lines, this.#dirty];
    for (let i = at; i > first; i--) {
      lines[i] = lines[i - 1] as number;
      dirties[i] = dirties[i - 1] as number;
    }
    lines[first] = line;
    dirties[first] = dirty;
  }
}
