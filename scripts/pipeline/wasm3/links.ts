/** The intrinsics as operations of wasm3: C made from the one table. */
import { type ImageArch, INTRINSICS, type Intrinsic, type ValueType } from "../../../runtime/intrinsics.ts";
import { C_TYPES } from "../image-source.ts";

/** As wasm3 writes signatures (m3_bind.c). */
const LETTERS: Readonly<Record<ValueType | "void", string>> = {
  u32: "i",
  u64: "I",
  i64: "I",
  f32: "f",
  f64: "F",
  void: "v",
};

/** Operations that need more than their arguments. */
const OWN_BODIES: Readonly<Record<string, string>> = {
  invoke: "invoke_at((u32)((u64 *)sp)[0], sp);",
};

export function linkSource(arch: ImageArch): string {
  const rows = INTRINSICS.filter((row) => row.arch.includes(arch));
  return [
    ...rows.map(operation),
    "const struct engine_link engine_links[] = {",
    ...rows.map((row) => `  {"${row.name}", "${signature(row)}", operation_${row.name}},`),
    "  {0, 0, 0}};",
    "",
  ].join("\n");
}

/** What a hypervisor may stop the CPU for, and what the registers hold meanwhile: memory has to be fast. */
const HELD: readonly (readonly [access: RegExp, calls: string])[] = [
  [/^((read|write)(8|16|32|64)|(in|out)(8|16|32)|msr_(read|write))$/, "last_calls"],
  [/^(load|store)f?(8|16|32|64)$/, "last_call"],
];

/** Arguments and result are words of 64 bits, the result first. */
function operation({ name, params, result }: Intrinsic): string {
  const first = result === "void" ? 0 : 1;
  const args = params.map(([, type], i) => argument(type, first + i)).join(", ");
  const call = OWN_BODIES[name] ?? `${result === "void" ? "" : `*(${C_TYPES[result]} *)sp = `}jh_${name}(${args});`;
  const held = HELD.find(([access]) => access.test(name))?.[1];
  const before = held
    ? [`struct held_calls held = ${held}((const struct call_record *)(uptr)record);`, "HOLD(held);"]
    : [];
  const body = [...before, call, ...(held ? ["HOLD(held);"] : [])];
  return [
    `static const void *OPERATION_CALL operation_${name}(void *const *pc, u32 *sp, struct M3MemoryHeader *memory, s64 record, f64 fp0) {`,
    ...body.map((line) => `  ${line}`),
    "  return 0;",
    "}",
  ].join("\n");
}

function argument(type: ValueType, word: number): string {
  return `*(${C_TYPES[type]} *)(sp + ${2 * word})`;
}

function signature({ params, result }: Intrinsic): string {
  return `${LETTERS[result]}(${params.map(([, type]) => LETTERS[type]).join("")})`;
}
