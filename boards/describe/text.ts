/** Numbers, sizes and lines as people read them. */
import { hex } from "../define/sizes.ts";

/** The widest line of a description. */
export const lineWidth = 100;

const units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** "64 KiB", "1.5 MiB"; with "~" in front where two decimals are not exact, because the addresses beside it are. */
export function sizeText(bytes: bigint): string {
  if (bytes < 1024n) return bytes === 1n ? "1 byte" : `${bytes} bytes`;
  let [unit, scale] = [0, 1024n];
  while (bytes >= scale * 1024n && unit + 1 < units.length) {
    unit++;
    scale *= 1024n;
  }
  const exact = (bytes * 100n) % scale === 0n;
  const value = Number((bytes * 100n) / scale) / 100;
  return `${exact ? "" : "~"}${value} ${units[unit]}`;
}

/** First and last byte: "0x9000000-0x9000fff". */
export function rangeText(start: bigint, size: bigint): string {
  return size <= 1n ? hex(start) : `${hex(start)}-${hex(start + size - 1n)}`;
}

/** "1 CPU", "2 CPUs". */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Words over lines of at most `width` letters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Rows of two columns, the second wrapped beside the first. */
export function pairs(rows: readonly (readonly [left: string, right: string])[], indent = 2): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrap(right, lineWidth - indent - width - 2).map((line, index) =>
      `${" ".repeat(indent)}${(index === 0 ? left : "").padEnd(width)}  ${line}`.trimEnd(),
    ),
  );
}

/** Rows of columns, each as wide as its widest word; the last one wrapped. */
export function table(rows: readonly (readonly string[])[], indent = 2): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => (row[column] ?? "").length)),
  );
  return pairs(
    rows.map((row) => [
      widths.map((width, column) => (row[column] ?? "").padEnd(width)).join("  "),
      row[columns] ?? "",
    ]),
    indent,
  );
}
