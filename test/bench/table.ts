/** The result as lines of text. */
import type { BenchResult, Place, Ratios } from "./bench.ts";

const TITLES: Readonly<Record<Place, string>> = {
  arm64: "arm64, instructions",
  "x86-64": "x86-64, instructions",
  "x86-32": "x86-32, instructions",
  host: "host, time",
};
const SIDES = ["fast", "precise", "checked", "wasm3"] as const;
const WIDTHS = { name: 11, title: 26, fast: 7, precise: 8, checked: 8, wasm3: 7 };
/** What is far from 1 needs no thousandths. */
const DIGITS = { fast: 3, precise: 3, checked: 3, wasm3: 1 };
const GROUP = WIDTHS.fast + WIDTHS.precise + WIDTHS.checked + WIDTHS.wasm3;

export function table({ places, kernels, geometricMeans, interrupt, tools, host }: BenchResult): string {
  const line = (name: string, title: string, groups: readonly string[]) =>
    `${name.padEnd(WIDTHS.name)} ${title.padEnd(WIDTHS.title)}${groups.join("")}`.trimEnd();
  const group = (text: (side: keyof Ratios) => string) =>
    SIDES.map((side) => text(side).padStart(WIDTHS[side])).join("");
  const ratios = (of: (place: Place) => Ratios | undefined) =>
    places.map((place) => group((side) => of(place)?.[side].toFixed(DIGITS[side]) ?? ""));
  const paths = Object.entries(interrupt).map(
    ([machine, { c, typescript, ratio }]) => `${machine} ${typescript} to ${c} (${ratio.toFixed(3)})`,
  );
  const versions = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  return [
    "TypeScript in proportion to C: instructions in a cell, wall clock of a process on this machine.",
    "",
    line(
      "",
      "",
      places.map((place) => `    ${TITLES[place]}`.padEnd(GROUP)),
    ),
    line(
      "kernel",
      "",
      places.map(() => group((side) => side)),
    ),
    ...kernels.map(({ name, title, by }) =>
      line(
        name,
        title,
        ratios((place) => by[place]?.ratios),
      ),
    ),
    ...geometricMeans.map(({ of, by }) =>
      line(
        "",
        `geometric mean, ${of}`,
        ratios((place) => by[place]),
      ),
    ),
    "",
    `interrupt path, vector to handler and back, instructions: ${paths.join(", ")}`,
    "",
    `${versions.join(", ")}; ${host}`,
    "",
  ].join("\n");
}
