/** A profile as CSV: the units are in the names of the columns. */
import type { Row } from "./profiler-log.ts";

export const COLUMN_SETS = ["lab", "stock"] as const;
export type ColumnSet = (typeof COLUMN_SETS)[number];

export interface CsvOptions {
  readonly columns: ColumnSet;
  /** Reads and writes are bytes, else transactions. */
  readonly bytes: boolean;
  readonly cpuHz: number;
}

type Column = readonly [name: string, value: (row: Row) => number];

/** What counts are called, and what they are a second; MB is 1,000,000 bytes. */
export const COUNTED = {
  bytes: { name: "bytes", rate: "MB_per_s" },
  transactions: { name: "transactions", rate: "Mtransactions_per_s" },
} as const;

function columnsOf({ columns, bytes, cpuHz }: CsvOptions): readonly Column[] {
  // The stock tool's, by its own names.
  if (columns === "stock")
    return [
      ["index", ({ index }) => index],
      ["cpu_cycles", ({ cpuCycles }) => cpuCycles],
      ["dram_cycles", ({ dramCycles }) => dramCycles],
      ["busy", ({ busyCycles }) => busyCycles],
      ["reads", ({ reads }) => reads],
      ["writes", ({ writes }) => writes],
    ];
  const { name, rate } = bytes ? COUNTED.bytes : COUNTED.transactions;
  const millionsPerSecond = (count: number, cycles: number) => thousandths(((count / cycles) * cpuHz) / 1e6);
  return [
    ["time_ns", ({ elapsed }) => thousandths((elapsed / cpuHz) * 1e9)],
    ["cpu_cycles", ({ cpuCycles }) => cpuCycles],
    ["dram_cycles", ({ dramCycles }) => dramCycles],
    ["busy_cycles", ({ busyCycles }) => busyCycles],
    [`read_${name}`, ({ reads }) => reads],
    [`write_${name}`, ({ writes }) => writes],
    [`read_${rate}`, ({ reads, cpuCycles }) => millionsPerSecond(reads, cpuCycles)],
    [`write_${rate}`, ({ writes, cpuCycles }) => millionsPerSecond(writes, cpuCycles)],
  ];
}

/** The header's line and one a row, each with its end. */
export function* csvLines(rows: Iterable<Row>, options: CsvOptions): Generator<string> {
  const columns = columnsOf(options);
  yield `${columns.map(([name]) => name).join(",")}\n`;
  for (const row of rows) yield `${columns.map(([, value]) => value(row)).join(",")}\n`;
}

function thousandths(value: number): number {
  return Number(value.toFixed(3));
}
