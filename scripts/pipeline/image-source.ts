/** Stage 5: one C file for an image, from the module's C, the platform's parts and what the build knows. */
import type { Intrinsic, ValueType } from "../../runtime/intrinsics.ts";
import type { DataBlob } from "./data-blob.ts";
import type { EmittedC } from "./emit-c.ts";
import { importedIntrinsics, WASM_TYPES } from "./imports.ts";
import type { Platform } from "./platform.ts";
import { KIND, type Module } from "./wasm/module.ts";

export const C_TYPES: Readonly<Record<ValueType | "void", string>> = {
  u32: "u32",
  u64: "u64",
  i64: "s64",
  f32: "f32",
  f64: "f64",
  void: "void",
};
export function imageSource(module: Module, c: EmittedC, data: DataBlob | undefined, platform: Platform): string {
  const include = (file: string) => `#include "${file}"`;
  return [
    ...platform.before.map(include),
    ...prototypesOf(importedIntrinsics(module, platform.name)),
    '#pragma clang diagnostic ignored "-Wunused"',
    c.declarations,
    ...tableMacros(module, c),
    ...exportMacros(module, c),
    ...dataDefinition(data),
    ...platform.between.map(include),
    `#define MEMORY_INITIAL_PAGES ${module.memory?.initial ?? 0}u`,
    `#define MEMORY_MAXIMUM_PAGES ${module.memory?.maximum ?? 65536}u`,
    c.definitions,
    '#line 1 "image.c"',
    ...platform.after.map(include),
    "",
  ].join("\n");
}

/** Prototypes of intrinsics, and `USES_NAME` for each. */
export function prototypesOf(rows: readonly Intrinsic[]): string[] {
  return rows.map(({ name, params, result }) => {
    const list = params.map(([p, t]) => `${C_TYPES[t]} ${p}`).join(", ") || "void";
    return `#define USES_${name}\nstatic inline ${C_TYPES[result]} jh_${name}(${list});`;
  });
}

function tableMacros(module: Module, c: EmittedC): string[] {
  const typeOf = (params: string) =>
    module.types.findIndex((t) => t.params.map(String).join() === params && t.results.length === 0);
  const voidFunction = typeOf("");
  const vectorFunction = typeOf(String(WASM_TYPES.u32));
  if (!c.table || voidFunction < 0) return [];
  return [
    `#define TABLE_CODE ${c.table}`,
    `#define TABLE_TYPE ${c.table}_type`,
    `#define TABLE_SIZE ${c.table}_size`,
    `#define TYPE_VOID_FUNCTION w2c_app_t${voidFunction}`,
    ...(vectorFunction < 0 ? [] : [`#define TYPE_VECTOR_FUNCTION w2c_app_t${vectorFunction}`]),
  ];
}

/** Calls of what the module exports; a module of another compiler has `main` or `_start`, one of ours the SDK's `fault` and `exit`. */
function exportMacros(module: Module, c: EmittedC): string[] {
  const call = (name: string, args = "") => {
    const target = c.exports.get(name);
    return target ? `${target}(${args})` : "(void)0";
  };
  const main = ["main", "_start"].find((name) => c.exports.has(name));
  const each = [...c.exports].filter(([name]) => /^\w+$/.test(name));
  return [
    ...each.map(([name, target]) => `#define EXPORT_${name} ${target}`),
    `#define EXPORT_FAULT(kind) ${call("fault", "kind")}`,
    `#define EXPORT_EXIT() ${call("exit")}`,
    `#define EXPORT_MAIN() ${main ? call(main, zeros(module, main)) : "(void)0"}`,
  ];
}

/** `main(argc, argv)` of C is called with zeros. */
function zeros(module: Module, name: string): string {
  const index = module.exports.find((e) => e.name === name && e.kind === KIND.function)?.index ?? 0;
  const imported = module.imports.filter((i) => i.kind === KIND.function).length;
  const type = module.types[module.functions[index - imported] ?? -1];
  return (type?.params ?? []).map(() => "0").join(", ");
}

const BYTES_A_LINE = 32;

function dataDefinition(data: DataBlob | undefined): string[] {
  const bytes = data?.bytes ?? new Uint8Array();
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += BYTES_A_LINE)
    lines.push(`${Array.from(bytes.subarray(i, i + BYTES_A_LINE)).join(",")},`);
  return [
    `#define DATA_ADDRESS ${data?.address ?? 0}u`,
    `#define DATA_BYTES ${bytes.length}u`,
    `static const u8 data_blob[${Math.max(1, bytes.length)}] __attribute__((aligned(8))) = {`,
    ...lines,
    "};",
  ];
}
