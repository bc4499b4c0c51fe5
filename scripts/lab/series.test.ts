import { expect, test } from "vitest";
import { random } from "../../test/lab/random.ts";
import { UserError } from "../errors.ts";
import { seriesOf } from "./series.ts";

const HEADER = "time_ns,cpu_cycles,dram_cycles,busy_cycles,read_bytes,write_bytes,read_MB_per_s,write_MB_per_s";

test("each point is the mean of the time before it", () => {
  const csv = `${HEADER}\n1000,1000,1,1,4000,500,4000,500\n3000,2000,1,1,1000,0,500,0\n`;
  expect(seriesOf(csv, "x.csv")).toEqual({
    counted: "bytes",
    time: [0, 1000, 3000],
    read: [4000, 4000, 500],
    write: [500, 500, 0],
    rowsAPoint: 1,
  });
});

test("transactions, columns in another order, ends of lines of Windows", () => {
  const csv = "write_transactions,read_transactions,time_ns\r\n1,2,1000\r\n";
  expect(seriesOf(csv, "x.csv")).toMatchObject({ counted: "transactions", read: [2, 2], write: [1, 1] });
});

test.for(Array.from({ length: 50 }, (_, seed) => seed))("fewer points carry as many bytes (%i)", (seed) => {
  const { below } = random(seed);
  const rows = Array.from({ length: 1 + below(300) }, () => [1 + below(500), below(9000), below(9000)] as const);
  let time = 0;
  const lines = rows.map(([ns, read, write]) => {
    time += ns;
    return `${time},1,1,1,${read},${write},0,0\n`;
  });
  const series = seriesOf(`${HEADER}\n${lines.join("")}`, "x.csv", 1 + below(100));
  const carried = (values: readonly number[]) =>
    values.slice(1).reduce((sum, value, n) => sum + (value * (series.time[n + 1]! - series.time[n]!)) / 1e3, 0);
  expect(carried(series.read)).toBeCloseTo(
    rows.reduce((sum, [, read]) => sum + read, 0),
    3,
  );
  expect(carried(series.write)).toBeCloseTo(
    rows.reduce((sum, [, , write]) => sum + write, 0),
    3,
  );
  expect(series.time.at(-1)).toBe(time);
});

const good = "1000,1000,1,1,4000,500,4000,500";
test.for<[csv: string, message: string]>([
  [
    "",
    "x.csv:1: the header lacks time_ns, read_bytes and write_bytes (or …_transactions): give a file of jh-inmate lab profile",
  ],
  [
    "time_ns,read_bytes\n",
    "x.csv:1: the header lacks time_ns, read_bytes and write_bytes (or …_transactions): give a file of jh-inmate lab profile",
  ],
  [
    "index,cpu_cycles,dram_cycles,busy,reads,writes\n1,2,3,4,5,6\n",
    "x.csv:1: the stock tool's columns have neither time nor units: profile without --columns stock",
  ],
  [`${HEADER}\n`, "x.csv: there is no line below the header: profile for longer"],
  [`${HEADER}\n${good}\n\n${good}\n`, "x.csv:3: 1 fields under a header of 8: mend the line"],
  [`${HEADER}\n${good}\n2000,1\n`, "x.csv:3: 2 fields under a header of 8: mend the line"],
  [`${HEADER}\n${good}\n2000,1,1,1,many,1,1,1\n`, 'x.csv:3: "many" is not a number of at least 0: mend the line'],
  [`${HEADER}\n1000,1,1,1,-5,1,1,1\n`, 'x.csv:2: "-5" is not a number of at least 0: mend the line'],
  [`${HEADER}\n1000,1,1,1,,1,1,1\n`, 'x.csv:2: "" is not a number of at least 0: mend the line'],
  [`${HEADER}\n1e999,1,1,1,1,1,1,1\n`, 'x.csv:2: "1e999" is not a number of at least 0: mend the line'],
  [`${HEADER}\n${good}\n${good}\n`, "x.csv:3: time_ns is 1000 after 1000: time must go on, mend the line"],
])("%#", ([csv, message]) => {
  expect(() => seriesOf(csv, "x.csv")).toThrow(new UserError(message));
});
