/**
 * Function tables. Where no instruction changes or reads a table, as in what AssemblyScript makes, it is a constant; else it is a variable
 * with room to grow, filled at start. Code addresses, type ids and size have the names `g_T`, `g_T_type`, `g_T_size` in both.
 */
import type { Item } from "./emit-c.ts";

export interface EmittedTables {
  readonly declarations: readonly string[];
  /** Statements of wasm2c that fill the tables, still with the instance in them. */
  readonly initialization: readonly string[];
  /** Name of the first function table. */
  readonly first: string | undefined;
  /** C names of the functions that tables or references may hold. */
  readonly functions: readonly string[];
}

interface Reference {
  readonly type: string;
  readonly fn: string;
}

/** Entries that a table without a maximum can grow by; growing further fails, which Wasm allows. */
const ROOM = 64;

const SIZE = /wasm_rt_allocate_(func|extern)ref_table\(&instance->w2c_(\w+), (\d+), (\d+)\);/g;
const INIT =
  /funcref_table_init\(&instance->w2c_(\w+), elem_segment_exprs_(\w+), \d+, (\d+)u, (\d+), (\d+), instance\);/g;
const REFERENCE = /\{RefFunc, (\w+), \(wasm_rt_function_ptr_t\)(?:wrap_)?(\w+),|\{RefNull/g;
const IN_CODE = /\b(?:func|extern)ref_table_\w+\(|\bwasm_rt_grow_\w+_table\(|\bwasm_rt_(?:func|extern)ref_t\b/;

export function emitTables(items: readonly Item[], source: string): EmittedTables {
  const segments = new Map<string, Reference[]>();
  for (const item of items) {
    const name = /^static const wasm_elem_segment_expr_t elem_segment_exprs_(\w+)\[\]/.exec(item.head)?.[1];
    if (name)
      segments.set(
        name,
        [...item.text.matchAll(REFERENCE)].map((r) => ({ type: r[1] ?? "0", fn: r[2] ?? "0" })),
      );
  }
  const initialize = items.find((item) => item.head.startsWith("static void init_tables("))?.text ?? "";
  const tables = [...initialize.matchAll(SIZE)].map(([, kind, name, size, most]) => ({
    kind,
    name: name as string,
    size: Number(size),
    most: Number(most),
  }));
  const changes = items.some(
    (item) => !/^static void init_tables\(|^static void wrap_/.test(item.head) && IN_CODE.test(item.text),
  );
  const inCode = [...source.matchAll(/\(wasm_rt_funcref_t\)\{\w+, \(wasm_rt_function_ptr_t\)(?:wrap_)?(\w+),/g)].map(
    (m) => m[1] as string,
  );
  return {
    declarations: changes
      ? [
          ...[...segments].map(segmentArray),
          ...tables.flatMap(({ kind, name, size, most }) => variable(kind, name, Math.min(most, size + ROOM))),
        ]
      : tables
          .filter(({ kind }) => kind === "func")
          .flatMap(({ name, size }) => constant(name, size, segments, initialize, items)),
    initialization: changes
      ? [...tables.map(({ name, size }) => `g_${name}_size = ${size};`), ...(initialize.match(INIT) ?? [])]
      : [],
    first: tables.find(({ kind }) => kind === "func") && `g_${tables.find(({ kind }) => kind === "func")?.name}`,
    functions: [...new Set([...[...segments.values()].flat().map(({ fn }) => fn), ...inCode])].filter(
      (fn) => fn !== "0",
    ),
  };
}

function constant(
  table: string,
  size: number,
  segments: ReadonlyMap<string, readonly Reference[]>,
  initialize: string,
  items: readonly Item[],
): string[] {
  const codes: string[] = [];
  const types: string[] = [];
  for (const [, target, segment, at, from, count] of initialize.matchAll(INIT)) {
    if (target !== table) continue;
    for (let i = 0; i < Number(count); i++) {
      const reference = segments.get(segment as string)?.[Number(from) + i];
      if (!reference) throw new Error("wasm2c: an element segment is shorter than its table entry");
      codes.push(`[${Number(at) + i}] = (wasm_fn)${reference.fn}`);
      types.push(`[${Number(at) + i}] = ${reference.type}`);
    }
  }
  const length = Math.max(1, size);
  return [
    `enum { g_${table}_size = ${size} };`,
    `static const wasm_fn g_${table}[${length}] = { ${codes.join(", ")} };`,
    `static const ${typeIdType(items)} g_${table}_type[${length}] = { ${types.join(", ")} };`,
  ];
}

/** Almost all modules have fewer types than a byte has values; 0 is no type. */
function typeIdType(items: readonly Item[]): "u8" | "u32" {
  return items.filter(({ head }) => head.startsWith("FUNC_TYPE_T(")).length < 256 ? "u8" : "u32";
}

function variable(kind: string | undefined, table: string, capacity: number): string[] {
  const entries =
    kind === "func"
      ? [`static wasm_fn g_${table}[${capacity}];`, `static u32 g_${table}_type[${capacity}];`]
      : [`static wasm_rt_externref_t g_${table}[${capacity}];`];
  return [`enum { g_${table}_capacity = ${capacity} };`, `static u32 g_${table}_size;`, ...entries];
}

function segmentArray([name, references]: [string, readonly Reference[]]): string {
  const rows = references.map(({ type, fn }) => `{${type}, (wasm_fn)${fn}}`);
  return `static const wasm_rt_funcref_t elem_segment_exprs_${name}[${Math.max(1, rows.length)}] = { ${rows.join(", ")} };`;
}
