/** What there is to draw of a CSV file of `lab profile`. */
import { UserError } from "../errors.ts";
import { COUNTED } from "./csv.ts";

/** Values in millions a second; each is the mean over the time from the point before. */
export interface Series {
  readonly counted: keyof typeof COUNTED;
  /** Nanoseconds, the first point included, which is 0. */
  readonly time: number[];
  readonly read: number[];
  readonly write: number[];
  /** How many rows one point stands for. */
  readonly rowsAPoint: number;
}

interface Layout {
  readonly counted: keyof typeof COUNTED;
  readonly fields: number;
  readonly time: number;
  readonly read: number;
  readonly write: number;
}

/** More would only make the browser slow: a screen has some thousand columns. */
export const MOST_POINTS = 50_000;

/** @throws UserError that names the line that is wrong. */
export function seriesOf(csv: string, file: string, mostPoints = MOST_POINTS): Series {
  const lines = csv.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const layout = layoutOf(lines[0] ?? "", file);
  if (lines.length < 2) throw new UserError(`${file}: there is no line below the header: profile for longer`);
  const rowsAPoint = Math.ceil((lines.length - 1) / mostPoints);
  const series = { time: [0], read: [] as number[], write: [] as number[] };
  let sum = { read: 0, write: 0 };
  let before = 0;
  for (let n = 1; n < lines.length; n++) {
    const { time, read, write } = numbersOf(lines[n]!, layout, `${file}:${n + 1}`);
    const last = series.time.at(-1)!;
    if (time <= before)
      throw new UserError(`${file}:${n + 1}: time_ns is ${time} after ${before}: time must go on, mend the line`);
    before = time;
    sum = { read: sum.read + read, write: sum.write + write };
    if (n % rowsAPoint !== 0 && n !== lines.length - 1) continue;
    // Millions a second from counts a nanosecond.
    series.time.push(time);
    series.read.push((sum.read / (time - last)) * 1e3);
    series.write.push((sum.write / (time - last)) * 1e3);
    sum = { read: 0, write: 0 };
  }
  return {
    counted: layout.counted,
    time: series.time,
    read: [series.read[0]!, ...series.read],
    write: [series.write[0]!, ...series.write],
    rowsAPoint,
  };
}

function layoutOf(header: string, file: string): Layout {
  const names = header.split(",").map((name) => name.trim());
  if (names.join() === "index,cpu_cycles,dram_cycles,busy,reads,writes")
    throw new UserError(
      `${file}:1: the stock tool's columns have neither time nor units: profile without --columns stock`,
    );
  for (const counted of Object.keys(COUNTED) as (keyof typeof COUNTED)[]) {
    const columns = ["time_ns", `read_${COUNTED[counted].name}`, `write_${COUNTED[counted].name}`];
    const [time, read, write] = columns.map((name) => names.indexOf(name)) as [number, number, number];
    if (Math.min(time, read, write) >= 0) return { counted, fields: names.length, time, read, write };
  }
  throw new UserError(
    `${file}:1: the header lacks time_ns, read_bytes and write_bytes (or …_transactions): give a file of jh-inmate lab profile`,
  );
}

function numbersOf(line: string, layout: Layout, place: string) {
  const fields = line.split(",");
  if (fields.length !== layout.fields)
    throw new UserError(`${place}: ${fields.length} fields under a header of ${layout.fields}: mend the line`);
  const number = (index: number) => {
    const field = fields[index]!.trim();
    if (!/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(field) || !Number.isFinite(Number(field)))
      throw new UserError(`${place}: "${field}" is not a number of at least 0: mend the line`);
    return Number(field);
  };
  return { time: number(layout.time), read: number(layout.read), write: number(layout.write) };
}
