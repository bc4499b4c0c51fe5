import { describe, expect, test } from "vitest";
import { assemble } from "../../../test/wat.ts";
import { type Body, forEachInstruction, parseModule } from "./module.ts";

const parse = async (text: string) => parseModule(await assemble(text), "app.wasm");
const visitAll = (module: ReturnType<typeof parseModule>) => {
  for (const body of module.bodies) forEachInstruction(module, body, () => {});
};

describe("what a module may use", () => {
  const tail = "which jh-inmate does not take: compile for Wasm 2.0 without SIMD (for clang: -mcpu=mvp -mbulk-memory)";
  test.each([
    ["SIMD", "(module (func (drop (i32x4.splat (i32.const 1)))))"],
    ["threads and atomics", "(module (memory 1 1 shared) (func (drop (i32.atomic.load (i32.const 0)))))"],
    ["tail calls", "(module (func $f) (func (return_call $f)))"],
    ["exception handling", "(module (tag $t) (func (throw $t)))"],
    ["64-bit memory", "(module (memory i64 1))"],
  ])("%s is refused by name", async (feature, text) => {
    const shown = feature === "threads and atomics" ? "shared memory (threads)" : feature;
    await expect(async () => visitAll(await parse(text))).rejects.toThrow(`app.wasm: uses ${shown}, ${tail}`);
  });

  test("all immediates of Wasm 2.0 are read to the end of the body", async () => {
    const module = await parse(`(module
      (memory 1) (table $t 4 funcref) (elem $e func $f) (data $d "abc") (global $g (mut i64) (i64.const -1))
      (func $f (param i32) (result i32)
        (block (loop (br_if 0 (local.get 0)) (br 1)))
        (block (block (br_table 0 1 0 (local.get 0))))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $d)
        (memory.copy (i32.const 0) (i32.const 0) (i32.const 0)) (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
        (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0)) (elem.drop $e) (table.copy $t $t (i32.const 0) (i32.const 0) (i32.const 0))
        (drop (table.grow $t (ref.func $f) (i32.const 1))) (drop (ref.is_null (table.get $t (i32.const 0))))
        (global.set $g (i64.const 0x123456789abcdef)) (drop (f32.const 1)) (drop (f64.const 2))
        (drop (i32.trunc_sat_f64_s (f64.const 1))) (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 0)))
        (i32.store8 offset=70000 (i32.const 1) (memory.size)) (drop (memory.grow (i32.const 0)))
        (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))`);
    expect(module.bodies).toHaveLength(1);
    const last: number[] = [];
    forEachInstruction(module, module.bodies[0] as Body, (opcode) => last.push(opcode));
    expect(last.slice(-2)).toEqual([0x11, 0x0b]);
  });
});

describe("damaged files", () => {
  test.each([
    ["no module", [1, 2, 3, 4], "app.wasm: not a Wasm module (it does not begin with \\0asm)"],
    [
      "a component",
      [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0],
      "app.wasm: uses binary version 65549 (a component?), which jh-inmate",
    ],
    [
      "a section that is too long",
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9, 0],
      "app.wasm: not a valid Wasm module: it ends too early at offset 10",
    ],
    [
      "a list that is too long",
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 2, 200, 1],
      "app.wasm: not a valid Wasm module: a list is longer than its section at offset 12",
    ],
  ])("%s", (_, bytes, message) => {
    expect(() => parseModule(Uint8Array.from(bytes), "app.wasm")).toThrow(message);
  });

  test("every truncation ends in a message or a module, never in a crash", async () => {
    const whole = await assemble(
      '(module (memory 1) (data (i32.const 8) "abcd") (func (export "main") (drop (i32.const 5))))',
    );
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      try {
        visitAll(parseModule(cut, "cut"));
      } catch (error) {
        expect((error as Error).name).toBe("UserError");
      }
    }
  });
});
