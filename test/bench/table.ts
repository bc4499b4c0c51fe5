/** The result as lines of text. */
import type { BenchResult, Comparison, Ratios } from "./bench.ts";

const HEAD = ["kernel", "", "instructions", "fast", "precise", "host µs", "fast", "precise"];
const WIDTHS = [10, 25, 13, 7, 8, 11, 7, 8];

export function table({ kernels, geometricMeans, interrupt, tools, host }: BenchResult): string {
  const means = geometricMeans;
  const rows = kernels.map(({ name, title, instructions, nanoseconds }) => [
    ...[name, title],
    ...figures(instructions, instructions.c.toLocaleString("en")),
    ...(nanoseconds ? figures(nanoseconds, (nanoseconds.c / 1000).toFixed(1)) : []),
  ]);
  const mean = ["", "geometric mean", "", ...ratios(means.instructions)];
  if (means.nanoseconds) mean.push("", ...ratios(means.nanoseconds));
  const { c, typescript, ratio } = interrupt;
  return [
    "TypeScript in C's measure: instructions in a cell, wall clock of a process on this machine.",
    "",
    ...[HEAD, ...rows, mean].map(line),
    "",
    `interrupt path: ${typescript} instructions from the vector through the handler and back, C ${c}: ${ratio.toFixed(3)}`,
    "",
    `${Object.entries(tools)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}; ${host}`,
    "",
  ].join("\n");
}

function figures(comparison: Comparison, c: string): string[] {
  return [c, ...ratios(comparison.ratios)];
}

function ratios({ fast, precise }: Ratios): string[] {
  return [fast, precise].map((ratio) => ratio.toFixed(3));
}

/** Names to the left, figures to the right. */
function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i < 2 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0)))
    .join(" ")
    .trimEnd();
}
