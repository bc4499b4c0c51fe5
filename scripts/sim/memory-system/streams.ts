/**
 * Sequences of lines that a CPU goes through, as its prefetcher sees them: lines of a small constant distance. From the third one on what
 * comes next is fetched before it is asked for, so the CPU does not wait for one line at a time.
 */

interface Stream {
  line: number;
  /** Lines from one to the next; 0: not known yet. */
  stride: number;
  /** Steps of that stride so far. */
  steps: number;
}

/** Lines in sequence before the prefetcher begins (Arm DDI 0500, CPUACTLR_EL1.L1PCTL and STRIDE). */
const STEPS = 2;
/** Lines; what lies farther apart is another sequence. */
const LONGEST_STRIDE = 4;

export class Streams {
  /** The most recently used first. */
  readonly #streams: Stream[];

  constructor(count: number) {
    this.#streams = Array.from({ length: count }, () => ({ line: Number.NaN, stride: 0, steps: 0 }));
  }

  /** A line that is not in the L1: whether the prefetcher has seen it coming. */
  follows(line: number): boolean {
    const all = this.#streams;
    let at = all.findIndex((stream) => Math.abs(line - stream.line) <= LONGEST_STRIDE);
    const isNew = at < 0;
    if (isNew) at = all.length - 1;
    const stream = all[at] as Stream;
    const stride = isNew ? 0 : line - stream.line;
    stream.steps = stride !== 0 && (stride === stream.stride || stream.steps === 0) ? stream.steps + 1 : 0;
    stream.stride = stride;
    stream.line = line;
    for (; at > 0; at--) all[at] = all[at - 1] as Stream;
    all[0] = stream;
    return stream.steps >= STEPS;
  }
}
