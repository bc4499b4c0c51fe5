/** An address space as a drawing: a box for each range, gaps between them. */
import { hex } from "../define/sizes.ts";
import type { Style } from "./style.ts";
import { lineWidth, sizeText, wrap } from "./text.ts";

export interface Box {
  readonly start: bigint;
  readonly size: bigint;
  readonly title: string;
  /** Further lines in the box. */
  readonly details: readonly string[];
  /** What stands beside the box. */
  readonly beside: string;
  /** Drawn dashed: an address range that the cell does not get. */
  readonly dashed?: boolean;
}

/** Letters between a box's borders. */
const inner = 52;

const solid = { top: "┌─┐", join: "├─┤", bottom: "└─┘", side: "│" };
const dashes = { top: "┌┄┐", join: "├┄┤", bottom: "└┄┘", side: "┊" };

/** The boxes from the lowest address to the highest; a border bears the address of the byte that comes next. */
export function drawMap(boxes: readonly Box[], style: Style): string[] {
  const parts = partsOf(boxes);
  const margin = Math.max(0, ...parts.map(({ end }) => hex(end).length)) + 2;
  const edge = (at: bigint, corners: string) => `${hex(at).padStart(margin)} ${style.faint(border(corners))}`;
  return parts.flatMap((part, index) => {
    const form = part.box.dashed ? dashes : solid;
    const before = parts[index - 1]?.end;
    const touches = before === part.start;
    return [
      ...(before === undefined || touches ? [] : [gap(part.start - before, margin, style)]),
      edge(part.start, touches ? form.join : form.top),
      ...body(part, form.side, margin, style),
      ...(parts[index + 1]?.start === part.end ? [] : [edge(part.end, form.bottom)]),
    ];
  });
}

/** What of a box can be seen: where boxes overlap, the one that begins last lies on top. */
interface Part {
  readonly box: Box;
  readonly start: bigint;
  end: bigint;
  /** Its upper part; another box lies over its middle. */
  readonly continued: boolean;
  /** The box below. */
  readonly over: Box | undefined;
}

function partsOf(boxes: readonly Box[]): Part[] {
  const ends = new Set(boxes.flatMap(({ start, size }) => [start, start + size]));
  const edges = [...ends].sort(compare);
  const parts: Part[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const end = edges[index + 1] as bigint;
    const stack = boxes
      .filter((box) => box.start <= start && box.start + box.size >= end)
      .sort((a, b) => compare(a.start, b.start) || compare(b.size, a.size));
    const [over, box] = [stack.at(-2), stack.at(-1)];
    if (!box) continue;
    const last = parts.at(-1);
    if (last?.box === box && last.end === start) last.end = end;
    else parts.push({ box, start, end, continued: parts.some((part) => part.box === box), over });
  }
  return parts;
}

function body({ box, continued, over }: Part, side: string, margin: number, style: Style): string[] {
  const room = inner - 2;
  const size = continued ? "" : sizeText(box.size);
  const title = continued ? `the region at ${hex(box.start)}, continued` : box.title;
  const [first = "", ...more] = wrap(title, room - size.length - 2);
  const below = over === undefined ? [] : [`lies over the region at ${hex(over.start)}`];
  const details = continued ? [] : [...box.details, ...below];
  const inside = [first.padEnd(room - size.length) + size, ...more, ...details.flatMap((line) => wrap(line, room))];
  const right = wrap(continued ? "" : box.beside, lineWidth - margin - inner - 6);
  return Array.from({ length: Math.max(inside.length, right.length) }, (_, row) => {
    const wall = style.faint(side);
    const text = (inside[row] ?? "").padEnd(room);
    return `${" ".repeat(margin)} ${wall} ${text} ${wall}  ${right[row] ?? ""}`.trimEnd();
  });
}

function border(corners: string): string {
  return corners[0] + corners[1]!.repeat(inner) + corners[2];
}

function gap(size: bigint, margin: number, style: Style): string {
  return `${" ".repeat(margin)} ${style.faint(`  ·  ${sizeText(size)} of nothing`)}`;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
