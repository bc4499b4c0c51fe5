/** Ranges of addresses. */
import { hex } from "../define/sizes.ts";

export interface Range {
  readonly start: bigint;
  readonly size: bigint;
}

export const pageSize = 4096n;

export function endOf({ start, size }: Range): bigint {
  return start + size;
}

/** What two ranges have in common; undefined if that is nothing. */
export function overlap(a: Range, b: Range): Range | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = endOf(a) < endOf(b) ? endOf(a) : endOf(b);
  return start < end ? { start, size: end - start } : undefined;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && endOf(inner) <= endOf(outer);
}

/** Each two of the items whose ranges meet, in the items' order, and what they have in common. */
export function overlaps<T>(items: readonly T[], rangeOf: (item: T) => Range): [T, T, Range][] {
  const sorted = items
    .map((item, index) => ({ item, index, range: rangeOf(item) }))
    .sort((a, b) => byStart(a.range, b.range));
  const found: { pair: [T, T, Range]; order: number }[] = [];
  for (const [position, a] of sorted.entries()) {
    for (let next = position + 1; next < sorted.length; next++) {
      const b = sorted[next]!;
      if (b.range.start >= endOf(a.range)) break;
      const common = overlap(a.range, b.range);
      if (!common) continue;
      const [first, second] = a.index < b.index ? [a, b] : [b, a];
      found.push({ pair: [first.item, second.item, common], order: first.index * items.length + second.index });
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ pair }) => pair);
}

/** The first part of `range` that none of `others` covers. */
export function firstGap(range: Range, others: readonly Range[]): Range | undefined {
  let start = range.start;
  for (const other of [...others].sort(byStart)) {
    if (other.start > start) break;
    if (endOf(other) > start) start = endOf(other);
  }
  if (start >= endOf(range)) return undefined;
  const next = others.filter((other) => other.start > start).sort(byStart)[0];
  const end = next && next.start < endOf(range) ? next.start : endOf(range);
  return { start, size: end - start };
}

function byStart(a: Range, b: Range): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : 0;
}

/** "0x0-0xffff" */
export function rangeText({ start, size }: Range): string {
  return `${hex(start)}-${hex(start + size - 1n)}`;
}
