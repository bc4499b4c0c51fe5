/** A real file, byte by byte. */
import { encodeCell } from "../../codec.ts";
import { qemuArm64 } from "../../qemu-arm64/index.ts";
import type { Fields } from "../decode.ts";
import { open, readRows } from "../decode.ts";
import { formats } from "../formats.ts";
import type { Form, Row } from "../layout.ts";
import { sizeOf } from "../layout.ts";
import { table } from "./tables.ts";

export const exampleFile = "qemu-arm64-inmate-demo";

/** Bytes that a line shows; the others are "…". */
const shown = 8;

interface Line {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly text: string;
}

export function exampleTable(): string {
  const cell = qemuArm64.cells[exampleFile];
  const bytes = encodeCell(cell);
  const { mainline } = formats;
  const fields = cell as unknown as Fields;
  const lines = header(bytes, mainline.cell);
  let offset = lines.reduce((sum, line) => sum + line.bytes.length, 0);
  const add = (size: number, name: string, text: string) => {
    lines.push({ offset, bytes: bytes.subarray(offset, offset + size), name, text });
    offset += size;
  };
  for (const row of mainline.arrays) {
    if ("form" in row) add(cell.cpuSetSize, row.name, valueText(row.form, fields[row.key as string]));
    else
      (fields[row.key] as unknown[]).forEach((element, index) => {
        add(sizeOf(row.of), `${row.name}[${index}]`, valueText(row.of, element));
      });
  }
  return table(
    ["at", "bytes in the file", "field", "says"],
    lines.map(({ offset: at, bytes: part, name, text }) => [`${at}`, hexOf(part), name, text]),
  );
}

/** A line for each field of the header. */
function header(bytes: Uint8Array, rows: readonly Row[]): Line[] {
  let offset = 0;
  const source = open(bytes, exampleFile);
  return rows.map((row) => {
    const fields: Fields = {};
    const start = offset;
    offset = readRows(source, [row], start, "", fields);
    const text =
      row.form.kind === "count"
        ? `${source.counts.get(row.form.of)?.count}`
        : valueText(row.form, fields[row.key ?? ""]);
    return { offset: start, bytes: bytes.subarray(start, offset), name: row.name, text };
  });
}

function valueText(form: Form, value: unknown): string {
  if (form.kind === "signature") return form.text;
  if (form.kind === "revision") return `${form.value}`;
  if (form.kind === "struct") {
    const fields = value as Fields;
    const parts = form.rows.map(({ key, name, form: part }) => [name, key && valueText(part, fields[key])] as const);
    return (
      parts.flatMap(([name, text]) => (text === undefined || empty.has(text) ? [] : [`${name} ${text}`])).join(", ") ||
      "nothing"
    );
  }
  if (Array.isArray(value)) return value.map((element) => plain(element)).join(" ") || "none";
  return plain(value);
}

/** What a structure need not mention. */
const empty = new Set(["0", "0x0", "none", "0 0 0 0 0 0", "undefined"]);

function plain(value: unknown): string {
  if (typeof value === "bigint") return `0x${value.toString(16)}`;
  return typeof value === "number" && value > 0xffff ? `0x${value.toString(16)}` : `${value}`;
}

function hexOf(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, shown)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `\`${text}${bytes.length > shown ? " …" : ""}\``;
}
