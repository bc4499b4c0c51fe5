/** The result as lines of text. */
import type { BenchResult, Comparison, Ratios } from "./bench.ts";

const HEAD = ["kernel", "", "C", "fast", "precise", "checked", "C", "fast", "precise", "checked"];
const ABOVE = ["", "", "instructions", "", "", "", "host, µs"];
const WIDTHS = [11, 25, 12, 7, 7, 7, 11, 7, 7, 7];
/** These two stand at the left of their column. */
const TEXTS = 2;

export function table({ kernels, geometricMeans, interrupt, tools, host }: BenchResult): string {
  const rows = kernels.map(({ name, title, instructions, nanoseconds }) => [
    ...[name, title],
    ...cells(instructions, (count) => count.toLocaleString("en")),
    ...(nanoseconds ? cells(nanoseconds, (time) => (time / 1000).toFixed(1)) : []),
  ]);
  const means = ["", "geometric mean", "", ...ratios(geometricMeans.instructions)];
  if (geometricMeans.nanoseconds) means.push("", ...ratios(geometricMeans.nanoseconds));
  const { c, typescript, ratio } = interrupt;
  const versions = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  return [
    "TypeScript in proportion to C: instructions in a cell, wall clock of a process on this machine.",
    "",
    ...[ABOVE, HEAD, ...rows, means].map(line),
    "",
    `interrupt path, vector to handler and back: ${typescript} instructions, C ${c}: ${ratio.toFixed(3)}`,
    "",
    `${versions.join(", ")}; ${host}`,
    "",
  ].join("\n");
}

function cells({ figures, ratios: all }: Comparison, text: (figure: number) => string): string[] {
  return [text(figures.c), ...ratios(all)];
}

function ratios({ fast, precise, checked }: Ratios): string[] {
  return [fast, precise, checked].map((ratio) => ratio.toFixed(3));
}

function line(texts: readonly string[]): string {
  const padded = texts.map((text, i) => (i < TEXTS ? text.padEnd(WIDTHS[i] ?? 0) : text.padStart(WIDTHS[i] ?? 0)));
  return padded.join(" ").trimEnd();
}
