import { describe, expect, test } from "vitest";
import { check } from "../../scripts/checks/index.ts";
import { components } from "../../scripts/checks/order.ts";
import { assemble } from "../wat.ts";

const checkText = async (text: string) =>
  check({ wasm: await assemble(`(module ${text})`), map: undefined, what: "app.wasm", runtime: "stub" });

describe("function references in a module", () => {
  test("a constant index is one function, any other all of the type", async () => {
    const { indirect } = await checkText(`
      (type $void (func)) (type $number (func (param i32)))
      (table 4 funcref) (elem (i32.const 1) $a $b $c)
      (func $a) (func $b) (func $c (param i32))
      (func $known (export "known") (call_indirect (type $void) (i32.const 2)))
      (func $unknown (export "unknown") (param i32) (call_indirect (type $void) (local.get 0)))
      (func $typed (export "typed") (param i32) (call_indirect (type $number) (i32.const 7) (local.get 0)))`);
    expect(indirect).toEqual({
      known: { names: ["b"], known: true },
      unknown: { names: ["a", "b"], known: false },
      typed: { names: ["c"], known: false },
    });
  });

  test("handlers are found through parameters and constant objects", async () => {
    const { roots } = await checkText(`
      (import "jh" "resolve" (func $resolve (param i32) (result i32)))
      (import "jh" "irq_entry" (func $entry (param i32)))
      (memory 1) (data (i32.const 64) "\\02\\00\\00\\00")
      (table 3 funcref) (elem (i32.const 1) $vector $handler)
      (func $vector) (func $handler) (func $other)
      (func $on (param i32) (drop (call $resolve (i32.load (local.get 0)))))
      (func $start (call $entry (i32.const 1)) (call $on (i32.const 64)))
      (start $start)`);
    expect(roots).toEqual([
      { kind: "vector", name: "vector", at: undefined },
      { kind: "handler", name: "handler", at: undefined },
    ]);
  });

  test("every instruction leaves the stack as it should", async () => {
    const { roots } = await checkText(`
      (import "jh" "irq_entry" (func $entry (param i32)))
      (memory 1) (table 2 funcref) (elem (i32.const 1) $handler)
      (global $g (mut i64) (i64.const 0))
      (func $handler)
      (func $start (local i32 f64)
        (drop (i32.add (i32.clz (i32.const 3)) (i32.wrap_i64 (global.get $g))))
        (local.set 1 (f64.sqrt (f64.mul (f64.const 2) (f64.convert_i32_s (memory.size)))))
        (memory.fill (i32.const 0) (i32.const 0) (i32.const 4))
        (i32.store8 (i32.const 9) (i32.load16_u (i32.const 2)))
        (drop (block (result i32) (br_if 0 (i32.const 5) (i64.eqz (global.get $g)))))
        (call $entry (if (result i32) (i32.const 1) (then (i32.const 1)) (else (i32.const 0)))))
      (start $start)`);
    expect(roots).toMatchObject([{ kind: "vector", name: "handler" }]);
  });
});

test("components: callees before callers, circles together", () => {
  const graph = [[1], [2, 3], [1], [], [0, 3]];
  const groups = components(graph.length, (node) => graph[node] ?? []);
  expect(groups.map((group) => [...group].sort())).toEqual([[3], [1, 2], [0], [4]]);
});
