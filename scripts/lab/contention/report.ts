/** The results as a table for the terminal, as CSV, and as a chart. Each begins with what they were made of. */
import { formatSize } from "../../../boards/define/sizes.ts";
import type { BarsData } from "../bars-page.ts";
import type { Result } from "./run.ts";

type Column = readonly [name: string, value: (result: Result) => string | number];

const rounded = (value: number) => Math.round(value);

/** Units are in the names; MB are 1,000,000 bytes. */
const CSV: readonly Column[] = [
  ["configuration", ({ scenario }) => `"${scenario.label}"`],
  ["bombs", ({ scenario }) => scenario.bombs],
  ["budget_refills_per_ms", ({ scenario }) => scenario.budget],
  ["colours", ({ scenario }) => (scenario.colors ? 1 : 0)],
  ["working_set_bytes", ({ size }) => size],
  ["loads", ({ loads }) => loads],
  ["run_time_ns", ({ runNs }) => runNs],
  ["load_ns", ({ loadNs }) => loadNs],
  ["slowdown", ({ slowdown }) => Number(slowdown.toFixed(3))],
  ["victim_l2_refills", ({ victimRefills }) => victimRefills],
  ["bombs_read_MB_per_s", ({ bombReads }) => rounded(bombReads)],
  ["bombs_write_MB_per_s", ({ bombWrites }) => rounded(bombWrites)],
];

const TABLE: readonly Column[] = [
  ["configuration", ({ scenario }) => scenario.label],
  ["run time, µs", ({ runNs }) => (runNs / 1000).toFixed(0)],
  ["a load, ns", ({ loadNs }) => loadNs.toFixed(1)],
  ["× alone", ({ slowdown }) => slowdown.toFixed(2)],
  ["L2 refills", ({ victimRefills }) => victimRefills],
  ["bombs, MB/s", ({ bombReads, bombWrites }) => rounded(bombReads + bombWrites)],
];

export function csvOf(results: readonly Result[], model: readonly string[]): string {
  const lines = [...model.map((line) => `# ${line}`), CSV.map(([name]) => name).join(",")];
  for (const result of results) lines.push(CSV.map(([, value]) => value(result)).join(","));
  return `${lines.join("\n")}\n`;
}

/** A block for each working set. */
export function tableOf(results: readonly Result[], model: readonly string[]): string {
  const blocks = bySize(results).map(([size, rows]) => {
    const cells = [TABLE.map(([name]) => name), ...rows.map((row) => TABLE.map(([, value]) => String(value(row))))];
    const widths = TABLE.map((_, n) => Math.max(...cells.map((line) => line[n]!.length)));
    const lines = cells.map((line) =>
      line.map((text, n) => (n === 0 ? text.padEnd(widths[n]!) : text.padStart(widths[n]!))).join("  "),
    );
    return `\nworking set ${formatSize(BigInt(size))}, ${rows[0]!.loads} dependent loads\n${lines.join("\n")}\n`;
  });
  return `${model.join("\n")}\n${blocks.join("")}`;
}

/** Told apart by people who are colour-blind, too (Okabe and Ito). */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

export function barsOf(results: readonly Result[], model: readonly string[]): BarsData {
  const sizes = bySize(results);
  return {
    title: "A victim beside memory bombs: run time by what is done about them",
    notes: model,
    labels: sizes[0]![1].map(({ scenario }) => scenario.label),
    y: { label: "run time (× alone)", unit: "× alone" },
    series: sizes.map(([size, rows], n) => ({
      label: `working set ${formatSize(BigInt(size))}`,
      color: COLORS[n % COLORS.length]!,
      values: rows.map(({ slowdown }) => slowdown),
    })),
  };
}

function bySize(results: readonly Result[]): [size: number, rows: Result[]][] {
  const sizes = [...new Set(results.map(({ size }) => size))];
  return sizes.map((size) => [size, results.filter((result) => result.size === size)]);
}
