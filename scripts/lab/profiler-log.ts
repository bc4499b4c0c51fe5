/** The memory that the DDR profiler and root share (jailhouse-abi 5.13): a header, then samples. All of it is little-endian. */
import { UserError } from "../errors.ts";

/** Offsets of the header's fields, in bytes. */
export const HEADER = { control: 0, count: 8, maxCount: 16, axiValue: 20, axiMask: 22 } as const;
export const HEADER_SIZE = 24;

/** In the top byte of control, as soon as the profiler has started. */
export const SIGNATURE = 0xe7n;
const SIGNATURE_SHIFT = 56n;

/** Bits of control. */
const FLAGS = { enabled: 0n, autostop: 1n, secondController: 2n, bytes: 3n } as const;
type Flag = keyof typeof FLAGS;
const INTERVAL_SHIFT = 4n;
/** CPU cycles between two samples. */
export const MOST_CYCLES = 0xffffffff;

export interface Control extends Readonly<Record<Flag, boolean>> {
  /** Reads and writes are counted in bytes, else in transactions. */
  readonly bytes: boolean;
  /** CPU cycles. */
  readonly interval: number;
}

export interface Header {
  readonly control: Control;
  /** Samples that there are. */
  readonly count: number;
  readonly maxCount: number;
  /** Transactions whose AXI id equals `value` in the bits of `mask` are counted. */
  readonly axi: AxiFilter;
}
export interface AxiFilter {
  readonly value: number;
  readonly mask: number;
}

/** A sample's six words, in their order. The counters run on and wrap at 32 bits. */
const SAMPLE = ["index", "cpuCycles", "dramCycles", "busyCycles", "reads", "writes"] as const;
export const SAMPLE_SIZE = 4 * SAMPLE.length;
export type Sample = Readonly<Record<(typeof SAMPLE)[number], number>>;

export function controlWord({ interval, ...flags }: Control): bigint {
  let word = (SIGNATURE << SIGNATURE_SHIFT) | (BigInt(interval) << INTERVAL_SHIFT);
  for (const flag of Object.keys(FLAGS) as Flag[]) if (flags[flag]) word |= 1n << FLAGS[flag];
  return word;
}

export function controlOf(word: bigint): Control {
  const has = (flag: Flag) => ((word >> FLAGS[flag]) & 1n) === 1n;
  return {
    enabled: has("enabled"),
    autostop: has("autostop"),
    secondController: has("secondController"),
    bytes: has("bytes"),
    interval: Number((word >> INTERVAL_SHIFT) & BigInt(MOST_CYCLES)),
  };
}

/** The filter's two halves as the one word that they are. */
export function filterWord({ value, mask }: AxiFilter): number {
  return ((mask << 16) | value) >>> 0;
}

/** How many samples the log memory has room for. */
export function capacityOf(memory: bigint): number {
  return Math.floor((Number(memory) - HEADER_SIZE) / SAMPLE_SIZE);
}

/** @throws UserError if these are not the bytes of a profiler's memory. */
export function decodeHeader(bytes: Uint8Array): Header {
  if (bytes.length < HEADER_SIZE)
    throw new UserError(
      `the profiler's log has ${bytes.length} bytes, its header alone ${HEADER_SIZE}: collect it anew`,
    );
  const view = viewOf(bytes);
  const word = view.getBigUint64(HEADER.control, true);
  const signature = word >> SIGNATURE_SHIFT;
  if (signature !== SIGNATURE)
    throw new UserError(
      `the profiler's log begins with the signature 0x${signature.toString(16)} instead of 0x${SIGNATURE.toString(16)}: is the profiler running`,
    );
  return {
    control: controlOf(word),
    count: Number(view.getBigUint64(HEADER.count, true)),
    maxCount: view.getUint32(HEADER.maxCount, true),
    axi: { value: view.getUint16(HEADER.axiValue, true), mask: view.getUint16(HEADER.axiMask, true) },
  };
}

/** The samples that a whole log, header included, has `count` of. @throws UserError if some are missing or out of order. */
export function* decodeSamples(bytes: Uint8Array, count: number): Generator<Sample> {
  const whole = Math.floor((bytes.length - HEADER_SIZE) / SAMPLE_SIZE);
  if (whole < count) throw new UserError(`the profiler's log ends in sample ${whole} of ${count}: collect it anew`);
  const view = viewOf(bytes);
  let first: number | undefined;
  for (let n = 0; n < count; n++) {
    const at = HEADER_SIZE + n * SAMPLE_SIZE;
    const [index, cpuCycles, dramCycles, busyCycles, reads, writes] = [0, 4, 8, 12, 16, 20].map((offset) =>
      view.getUint32(at + offset, true),
    ) as [number, number, number, number, number, number];
    first ??= index;
    const due = (first + n) >>> 0;
    if (index !== due)
      throw new UserError(
        `the profiler's log has index ${index} in sample ${n}, where ${due} is due: something else has written there, collect it anew`,
      );
    yield { index, cpuCycles, dramCycles, busyCycles, reads, writes };
  }
}

/** What happened between two samples. */
export interface Row extends Sample {
  /** CPU cycles since the first sample, up to this row's end. */
  readonly elapsed: number;
}

/** One row less than there are samples; `index` is the later one's. */
export function* differences(samples: Iterable<Sample>): Generator<Row> {
  let before: Sample | undefined;
  let elapsed = 0;
  for (const now of samples) {
    if (before) {
      const cpuCycles = since(before.cpuCycles, now.cpuCycles);
      elapsed += cpuCycles;
      yield {
        index: now.index,
        cpuCycles,
        dramCycles: since(before.dramCycles, now.dramCycles),
        busyCycles: since(before.busyCycles, now.busyCycles),
        reads: since(before.reads, now.reads),
        writes: since(before.writes, now.writes),
        elapsed,
      };
    }
    before = now;
  }
}

/** A counter of 32 bits may have wrapped once between two samples, not twice: see MOST_CYCLES. */
function since(before: number, now: number): number {
  return (now - before) >>> 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
