/** A page that draws a CSV file of `lab profile`: with its data and uPlot in it, so that it needs no network. */
import { readFile, writeFile } from "node:fs/promises";
import { messageOf, UserError } from "../errors.ts";
import { pageOf } from "./page.ts";
import { PAGE_SCRIPT, type PageData } from "./plot-page.ts";
import { recordOf } from "./record.ts";
import { type Series, seriesOf } from "./series.ts";

export async function writePlot(file: string, out: string): Promise<void> {
  const csv = await readFile(file, "utf8").catch((error) => {
    throw new UserError(`cannot read ${file}: ${messageOf(error)}: give a CSV file of jh-inmate lab profile`);
  });
  const series = seriesOf(csv, file);
  const page = pageOf({ ...chartOf(series), title: titleOf(file), notes: await notesOf(file, series) }, PAGE_SCRIPT);
  await writeFile(out, await page).catch((error) => {
    throw new UserError(`cannot write ${out}: ${messageOf(error)}: give another -o`);
  });
}

/** The largest unit of which there is at least one. */
const TIMES = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
  ["ns", 1],
] as const;

const BANDWIDTH = {
  bytes: { axis: "bandwidth (MB/s)", unit: "MB/s" },
  transactions: { axis: "transactions (million/s)", unit: "M/s" },
} as const;

/** Told apart by people who are colour-blind, too (Okabe and Ito). */
export const COLORS = { read: "#0072b2", write: "#d55e00", total: "#009e73" } as const;

export function chartOf({ counted, time, read, write }: Series): Omit<PageData, "title" | "notes"> {
  const [unit, size] = TIMES.find(([, least]) => time.at(-1)! >= least) ?? TIMES[3];
  const total = read.map((value, n) => value + write[n]!);
  return {
    x: { label: `time (${unit})`, values: time.map((value) => value / size) },
    y: { label: BANDWIDTH[counted].axis, unit: BANDWIDTH[counted].unit },
    series: [
      { label: "total", color: COLORS.total, values: total },
      { label: "read", color: COLORS.read, values: read },
      { label: "write", color: COLORS.write, values: write },
    ],
  };
}

function titleOf(file: string): string {
  return `Memory bandwidth: ${file.replace(/^.*[/\\]/, "")}`;
}

/** What the JSON beside the CSV says of the run, if it is there. */
async function notesOf(file: string, { rowsAPoint }: Series): Promise<string[]> {
  const mean = rowsAPoint === 1 ? [] : [`each point is the mean of ${rowsAPoint} samples`];
  const text = await readFile(recordOf(file), "utf8").catch(() => undefined);
  if (text === undefined || recordOf(file) === file) return mean;
  try {
    const { source, board, parameters, date } = JSON.parse(text);
    const { controller, intervalCycles } = parameters;
    const kind = source.kind === "hardware" ? [] : [`model (${source.name}): not a board's bandwidth`];
    return [...kind, `${board}, ${controller}, a sample each ${intervalCycles} CPU cycles, ${date}`, ...mean];
  } catch (error) {
    throw new UserError(
      `${recordOf(file)} is not the record of a profile (${messageOf(error)}): mend it, or move it away from the CSV`,
    );
  }
}
