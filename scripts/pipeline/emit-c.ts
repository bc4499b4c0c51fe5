/**
 * Stage 4: from wasm2c's C to ours.
 *
 * wasm2c writes for any number of instances on any host. An image has one instance at fixed addresses, so the instance parameter goes,
 * Wasm globals become static variables, the function table a constant, and loads and stores come from `runtime/wasm/wasm.h`. Markers become
 * `#line`. The text is regular (one statement a line, top-level items end at a line `}` or with `;`), which this relies on and checks.
 */

import { attributesOf } from "./attributes.ts";
import { elementAccess } from "./element-access.ts";
import { emitTables } from "./emit-tables.ts";
import type { Position } from "./wasm/markers.ts";

export interface EmitInput {
  readonly source: string;
  readonly header: string;
  readonly markerBase: number;
  readonly positions: readonly Position[];
}
export interface EmittedC {
  /** Types, globals, prototypes and function tables; expects `wasm.h` and the intrinsics' prototypes before it. */
  readonly declarations: string;
  /** Function bodies, and `wasm_start`, which sets the globals and runs the module's start function. */
  readonly definitions: string;
  /** Wasm exports of functions: name → C function. */
  readonly exports: ReadonlyMap<string, string>;
  /** Name of the first function table. */
  readonly table: string | undefined;
  /** C names of the functions in function tables. */
  readonly tableFunctions: readonly string[];
}

export function emitC(input: EmitInput): EmittedC {
  const items = topLevelItems(input.source);
  const memory = /wasm_rt_allocate_memory\(&instance->(\w+),/.exec(input.source)?.[1];
  const clean = (line: string) => withoutInstance(line, memory);
  const prototypes = items.filter((i) => /^static .*\(w2c_app\*.*\);$/.test(i.head));
  const attributes = attributesOf(items);
  const tables = emitTables(items, input.source);
  const called = new Set(tables.functions);
  const declarations = [
    ...(input.header.match(/^#ifndef wasm_multi_[\s\S]*?#endif[^\n]*$/gm) ?? []),
    ...globals(input.header, memory),
    ...prototypes.map((i) => prototype(clean(i.head), attributes, called)),
    ...typeIds(items),
    ...items.filter((i) => i.head.startsWith("static const u8 data_segment_data_")).map((i) => i.text),
    ...tables.declarations,
  ];

  const definitions: string[] = [];
  const exports = new Map<string, string>();
  for (const item of items) {
    const exported = /^\/\* export: '(.*)' \*\/$/.exec(item.comment ?? "")?.[1];
    const name = /\b(w2c_app_\w+|init_(?:globals|memories|data_instances|elem_instances))\(w2c_app ?\*/.exec(
      item.head,
    )?.[1];
    if (exported !== undefined) {
      const target = /^ {2}(?:return |\w+ ret = )?(w2c_app_\w+)\(instance/m.exec(item.text)?.[1];
      if (target) exports.set(exported, target);
    } else if (name && item.text.endsWith("}")) {
      definitions.push(...body(item, input, clean));
    }
  }
  definitions.push(...start(input.source, tables.initialization.map(clean), clean));
  return {
    declarations: declarations.join("\n"),
    definitions: definitions.join("\n"),
    exports,
    table: tables.first,
    tableFunctions: tables.functions,
  };
}

/** A function that gives a float and is `called` through a table: both sides of such a call name its convention. */
function prototype(line: string, attributes: ReadonlyMap<string, string>, called: ReadonlySet<string>): string {
  const text = line.replace("(w2c_app*, ", "(").replace("(w2c_app*)", "(void)");
  const name = /\b(w2c_app_\w+)\(/.exec(text)?.[1] ?? "";
  const own = attributes.get(name);
  const prefixed = own ? text.replace(/^static /, `static ${own} `) : text;
  if (!called.has(name) || !/^static f(32|64) /.test(text)) return prefixed;
  return prefixed.replace(/^static /, "static FLOAT_CALL ").replace(/;$/, ` FLOAT_CALL_NAME(${name});`);
}

export interface Item {
  readonly comment: string | undefined;
  readonly head: string;
  readonly text: string;
}

/** What stands behind the preamble: declarations and definitions, each with the comment line before it. */
function topLevelItems(source: string): Item[] {
  const lines = source.split("\n");
  const first = lines.findIndex((line) => /^static .*\(w2c_app\*|^FUNC_TYPE_T\(|^static void init_globals/.test(line));
  const items: Item[] = [];
  let comment: string | undefined;
  for (let i = first; i < lines.length; i++) {
    const head = lines[i] as string;
    if (head.trim() === "") continue;
    if (head.startsWith("/*")) {
      comment = head;
      continue;
    }
    let end = i;
    if (!head.endsWith(";")) while (end < lines.length && !/^\}/.test(lines[end] as string)) end++;
    items.push({ comment, head, text: lines.slice(i, end + 1).join("\n") });
    comment = undefined;
    i = end;
  }
  return items;
}

/** Takes the instance out of a line: parameters, arguments and the way to memory, tables and globals. */
function withoutInstance(line: string, memory: string | undefined): string {
  let text = line;
  if (text.includes("CALL_INDIRECT(")) text = callIndirect(text);
  if (memory) {
    text = text
      .replaceAll(`&instance->${memory}, `, "")
      .replaceAll(`LOAD_DATA(instance->${memory}, `, "LOAD_DATA(")
      .replaceAll(`instance->${memory}.pages`, "memory_pages");
  }
  return text
    .replace(/\(w2c_app ?\* ?instance, /, "(")
    .replace(/\(w2c_app ?\* ?instance\)/, "(void)")
    .replace(/\(instance->w2c_\w+_instance, /g, "(")
    .replace(/\(instance->w2c_\w+_instance\)/g, "()")
    .replace(/\(instance, /g, "(")
    .replace(/\(instance\)/g, "()")
    .replace(
      /\(wasm_rt_funcref_t\)\{(\w+), \(wasm_rt_function_ptr_t\)(?:wrap_)?(\w+), \{NULL\}, instance[^}]*\}/g,
      "(wasm_rt_funcref_t){$1, (wasm_fn)$2}",
    )
    .replace(/(funcref_table_init\(.*), instance\);/, "$1);")
    .replace(/instance->w2c_(\w+)\.size/g, "g_$1_size")
    .replace(/&?instance->w2c_/g, "g_")
    .replace(/instance->/g, "")
    .replace(ACCESS, (_, name, index, offset) => `ACCESS(${name}, ${index}, ${offset ?? "0u"}`)
    .replace(/\((f32|f64)\)\(s64\)\(/g, "($1)SIGNED64(")
    .replace(/\bw2c_jh_(\w+)\(/g, "jh_$1(");
}

/** A load or store: pointer and constant offset, which wasm.h puts together. */
const ACCESS = /\b(\w+)_default32\(\(u64\)\((\w+)\)(?: \+ (\d+u?)\b)?/;

const CALL_INDIRECT =
  /CALL_INDIRECT\(instance->w2c_(\w+), (.+?) \(\*\)\(void\*(?:, )?(.*?)\), (\w+), (\w+), instance->\w+\.data\[\w+\]\.module_instance(?:, )?(.*)\)/;

/** Table, signature, type id, index and arguments, without the instance that wasm2c passes first. */
function callIndirect(line: string): string {
  return line.replace(CALL_INDIRECT, (_, table, result, params, type, index, args) => {
    const convention = /^f(32|64)$/.test(result) ? "FLOAT_CALL " : "";
    return `CALL_INDIRECT(${result} (${convention}*)(${params || "void"}), g_${table}, ${type}, ${index}${args ? `, ${args}` : ""})`;
  });
}

/** What wasm2c writes for a module without memory, tables, globals and imports. */
const NO_FIELDS = "char dummy_member;";
const STRUCT = /typedef struct w2c_app \{([\s\S]*?)\n\} w2c_app;/;

/** The fields of the instance that are values: Wasm globals. */
function globals(header: string, memory: string | undefined): string[] {
  const fields = (STRUCT.exec(header)?.[1] ?? "").split("\n").map((line) => line.trim());
  return fields.flatMap((field) => {
    const value = /^(u32|u64|f32|f64|wasm_rt_(?:func|extern)ref_t) w2c_(\w+);$/.exec(field);
    if (value) return [`static ${value[1]} g_${value[2]};`];
    const other = /^(?:bool|u32|u64) (data_segment_dropped_\w+|elem_segment_dropped_\w+) : 1;$/.exec(field);
    if (other) return [`static bool ${other[1]};`];
    if (
      field === "" ||
      field === NO_FIELDS ||
      field.endsWith("_instance;") ||
      field === `wasm_rt_memory_t ${memory};` ||
      /^wasm_rt_\w+ref_table_t/.test(field)
    )
      return [];
    throw new Error(`wasm2c: unknown field of the instance: ${field}`);
  });
}

/** wasm2c names each type by a hash of its signature; a small number does, the same for equal signatures. */
function typeIds(items: readonly Item[]): string[] {
  const ids = new Map<string, number>();
  return items.flatMap((item) => {
    const type = /^FUNC_TYPE_T\((\w+)\) = (".*");$/.exec(item.head);
    if (!type?.[1] || !type[2]) return [];
    const id = ids.get(type[2]) ?? ids.size + 1;
    ids.set(type[2], id);
    return [`enum { ${type[1]} = ${id} };`];
  });
}

/** A global that begins as zero: the start-up code clears all variables. */
const CLEARED = /^instance->w2c_\w+ = 0(u|ull)?;$/;
const START = /\bw2c_app_(start0x3A|0x7Estart)/;

/** A function: markers become `#line`, repeated before every C line; the statement starts at the TypeScript column. */
function body(item: Item, input: EmitInput, clean: (line: string) => string): string[] {
  const lines = item.text.split("\n");
  const head = clean(lines[0] as string);
  const out = [`static ${head.replace(/^static /, "")}`];
  let position: Position | undefined;
  let skipping = false;
  const code: { line: string; position: Position | undefined }[] = [];
  for (const raw of lines.slice(1)) {
    const line = raw.trim();
    if (line.startsWith("#if WASM_RT_USE_SEGUE")) skipping = true;
    if (
      !skipping &&
      line !== "" &&
      line !== "FUNC_PROLOGUE;" &&
      line !== "FUNC_EPILOGUE;" &&
      !line.startsWith("wasm_rt_allocate_memory(") &&
      !CLEARED.test(line)
    ) {
      const marker = /^var_i\d+ = (\d+)u;$/.exec(line);
      const index = marker ? Number(marker[1]) - input.markerBase : -1;
      if (index >= 0 && index < input.positions.length) position = input.positions[index];
      else code.push({ line: clean(line), position });
    }
    if (line === "#endif") skipping = false;
  }
  const name = /\b(w2c_app_\w+)\(/.exec(head)?.[1] ?? "";
  const statements = elementAccess(
    name,
    code.map(({ line }) => line),
  );
  const first = code.find((c) => c.position)?.position;
  // What asc makes by itself (a field's getter) has no line: a fault in it has the position of what calls it.
  if (!first && !START.test(head)) out[0] = (out[0] as string).replace("static ", "static NODEBUG ");
  out.unshift(first ? lineDirective(first) : NOWHERE);
  for (const [i, { position: at }] of code.entries()) {
    const line = statements[i] as string;
    const where = at ?? first;
    if (DECLARATION.test(line)) out.push(...(where ? [lineDirective(where)] : []), ...declarations(line));
    else if (!where || /^[{}]/.test(line)) out.push(where ? `${lineDirective(where)}\n${line}` : line);
    else out.push(`${lineDirective(where)}\n${atColumn(line, where)}`);
  }
  return out;
}

const DECLARATION = /^(u32|u64|f32|f64) (var_.*);$/;

/** A debugger shows the variables that the program has, and neither wasm2c's stack (never initialised) nor asc's temporaries (numbered). */
function declarations(line: string): string[] {
  const [, type, list = ""] = DECLARATION.exec(line) ?? [];
  const variables = list.split(", ");
  const own = variables.filter((variable) => /^var_\D.* = /.test(variable));
  const others = variables.filter((variable) => !own.includes(variable));
  const declare = (names: string[], attribute: string) =>
    names.length > 0 ? [`${attribute}${type} ${names.join(", ")};`] : [];
  return [...declare(own, ""), ...declare(others, "NODEBUG ")];
}

/** For what has no line in TypeScript: else clang would count on from the line before. */
const NOWHERE = '#line 1 "start"';

function lineDirective({ line, file }: Position): string {
  return `#line ${line} "${file}"`;
}

/** clang gives a call the column of the callee's name: the right side of an assignment goes on a line of its own. */
function atColumn(line: string, position: Position): string {
  const indent = " ".repeat(Math.max(0, position.column - 1));
  const call = /^(\w+ = )(.*\(.*)$/.exec(line);
  return call ? `${indent}${call[1]}\n${lineDirective(position)}\n${indent}${call[2]}` : `${indent}${line}`;
}

/** What `wasm2c_app_instantiate` does: set the globals, copy the data (if the module keeps it), run the start function. */
function start(source: string, tables: readonly string[], clean: (line: string) => string): string[] {
  const instantiate = /^void wasm2c_app_instantiate\([\s\S]*?\n\}/m.exec(source)?.[0] ?? "";
  const calls = instantiate
    .split("\n")
    .filter((line) =>
      /^ {2}(init_(globals|memories|data_instances|elem_instances)|w2c_app_\w+)\(instance\);$/.test(line),
    );
  return [NOWHERE, "static COLD void wasm_start(void) {", ...tables, ...calls.map(clean), "}"];
}
