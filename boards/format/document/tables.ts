/** Markdown tables of structures and words, both formats side by side. */
import { formats } from "../formats.ts";
import type { Form, Format, Row, Words } from "../layout.ts";
import { byNumber, sizeOf } from "../layout.ts";

const { mainline, rt } = formats;

/** A field as each format has it; undefined: it does not. */
interface Field {
  readonly mainline: Placed | undefined;
  readonly rt: Placed | undefined;
}

type Placed = { readonly row: Row; readonly offset: number };
/** Whose fields have shown which words on the page. */
export type Shown = Map<Words, string>;

type Structure = { readonly name: string; readonly rows: readonly Row[] };

/** A table of the header's fields. */
export function headerTable(header: "cell" | "system"): string {
  return fieldTable(merged(mainline[header], rt[header]));
}

/** Tables of the words in the header's own fields; architectures stand with the signatures. */
export function headerWords(header: "cell" | "system", shown: Shown): string {
  return wordTables(
    merged(mainline[header], rt[header]).filter(({ mainline }) => mainline?.row.key !== "arch"),
    `the ${header} header`,
    shown,
  );
}

/** A table of the structure's fields, and of the words in them. */
export function structureTable(name: string, shown: Shown): string {
  const rows = [mainline, rt].map((format) => structures(format).find((structure) => structure.name === name)?.rows);
  const fields = merged(rows[0] ?? [], rows[1] ?? []);
  if (fields.length === 0) throw new Error(`there is no structure "${name}" in the tables`);
  return [fieldTable(fields), wordTables(fields, `a ${name}`, shown)].filter((part) => part !== "").join("\n\n");
}

export function sizeOfRows(rows: readonly Row[]): number {
  return rows.reduce((sum, { form }) => sum + sizeOf(form), 0);
}

/** `cells` as a table with these columns; those of numbers are set to the right. */
export function table(columns: readonly string[], cells: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const isNumber = (index: number) => cells.every((row) => /^[–\d, ]+$/.test(row[index] ?? ""));
  return [
    line(columns),
    `|${columns.map((_, index) => (isNumber(index) ? "---:" : "---")).join("|")}|`,
    ...cells.map(line),
  ].join("\n");
}

function fieldTable(fields: readonly Field[]): string {
  const offset = (placed: Placed | undefined) => (placed ? `${placed.offset}` : "–");
  const oneFormat = fields.every(({ mainline }) => !mainline) || fields.every(({ rt }) => !rt);
  const same = oneFormat || fields.every(({ mainline, rt }) => mainline?.offset === rt?.offset);
  return table(
    [...(same ? ["at"] : ["mainline", "fork"]), "bytes", "field", "here", "meaning"],
    fields.map(({ mainline, rt }) => {
      const rows = [mainline, rt].flatMap((placed) => (placed ? [placed.row] : []));
      const [{ key, name }] = rows as [Row];
      const both = (text: (row: Row) => string, between: string) => [...new Set(rows.map(text))].join(between);
      return [
        ...(same ? [offset(mainline ?? rt)] : [offset(mainline), offset(rt)]),
        both(({ form }) => `${sizeOf(form)}`, ", "),
        name,
        key === undefined ? "" : `\`${key}\``,
        both(({ meaning }) => meaning, "; fork: "),
      ];
    }),
  );
}

/** The fields of both, each once; one that only a format has stands behind what it has in front of it. */
function merged(inMainline: readonly Row[], inRt: readonly Row[]): Field[] {
  const [first, second] = [offsets(inMainline), offsets(inRt)];
  const names = [...first.keys()];
  let behind = -1;
  for (const name of second.keys()) {
    if (first.has(name)) behind = names.indexOf(name);
    else names.splice(++behind, 0, name);
  }
  return names.map((name) => ({ mainline: first.get(name), rt: second.get(name) }));
}

function offsets(rows: readonly Row[]): Map<string, Placed> {
  let offset = 0;
  return new Map(
    rows.map((row) => {
      const placed = { row, offset };
      offset += sizeOf(row.form);
      return [row.name, placed];
    }),
  );
}

/** A table for each field that has words, unless another structure's field has the same ones and showed them. */
function wordTables(fields: readonly Field[], owner: string, shown: Shown): string {
  return fields
    .flatMap(({ mainline, rt }) => {
      const words = [wordsOf(mainline?.row.form), wordsOf(rt?.row.form)] as const;
      const [key] = words.filter((table) => table !== undefined);
      const row = (mainline ?? rt)?.row;
      if (!key || !row) return [];
      const first = shown.get(key) ?? owner;
      shown.set(key, first);
      return first === owner
        ? [`Words of \`${row.name}\`:\n\n${wordTable(row.form, ...words)}`]
        : [`Words of \`${row.name}\`: those of ${first}.`];
    })
    .join("\n\n");
}

function wordsOf(form: Form | undefined): Words | undefined {
  return form?.kind === "flags" || form?.kind === "choice" ? form.words : undefined;
}

function wordTable(form: Form, inMainline: Words | undefined, inRt: Words | undefined): string {
  const number = (value: number) => (form.kind === "flags" || value >= 0x8000 ? `0x${value.toString(16)}` : `${value}`);
  const only = (word: string) => {
    if (!inMainline || !inRt) return "";
    return !inRt[word] ? " Mainline only." : !inMainline[word] ? " Fork only." : "";
  };
  return table(
    ["word", "value", "meaning"],
    byNumber({ ...inMainline, ...inRt }).map(([word, [value, meaning]]) => [
      `\`${word}\``,
      number(value),
      meaning + only(word),
    ]),
  );
}

/** All structures of a format. */
function structures(format: Format): Structure[] {
  const inForm = (form: Form): Structure[] => {
    if (form.kind === "struct") return [form, ...inRows(form.rows)];
    if (form.kind === "list") return inForm(form.of);
    return form.kind === "union" ? inRows(Object.values(form.rows)) : [];
  };
  const inRows = (rows: readonly Row[]) => rows.flatMap(({ form }) => inForm(form));
  return [...inRows(format.system), ...format.arrays.flatMap((row) => inForm("form" in row ? row.form : row.of))];
}
