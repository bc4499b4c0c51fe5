/** What the simulation copy does to modules of any compiler. */
import { expect, test } from "vitest";
import { findBoard } from "../../../boards/index.ts";
import { assemble } from "../../../test/wat.ts";
import { simulatorOf } from "../index.ts";

const board = findBoard("qemu-arm64");
const cell = board.cells["qemu-arm64-inmate-demo"]!;
async function run(text: string, ms = 1) {
  const sim = await simulatorOf({ wasm: await assemble(text), board, cell });
  sim.advance(ms);
  return sim;
}
const faults = (sim: Awaited<ReturnType<typeof run>>) =>
  sim.trace.flatMap((event) => (event.kind === "fault" ? [event.fault] : []));

test("a loop that calls nothing lets time pass", async () => {
  const sim = await run('(module (func (export "main") (loop $l (br $l))))');
  expect(sim.now).toBe(1);
  expect(sim.state).toBe("running");
});

test("the stack of a paused loop is kept: a sum over many pieces of time", async () => {
  const text = `(module (memory 1) (func (export "main") (local $i i32) (local $sum i64)
    (loop $l
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $i))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10000))))
    (i64.store (i32.const 64) (local.get $sum))))`;
  const sim = await run(text, 0.001);
  while (!sim.hasEnded) sim.advance(0.0037);
  const { linearAddress } = sim.machine.program;
  expect(sim.memory.read64(linearAddress + 64)).toBe((9999n * 10000n) / 2n);
});

test.each([
  ["a load behind what RAM backs", "(drop (i32.load (i32.const 0xfff0)))", 9],
  ["a store far behind it", "(i64.store offset=0x70000000 (i32.const 8) (i64.const 1))", 6],
  ["one whose sum wraps", "(drop (i32.load8_u offset=0xfffffff0 (i32.const 0x20)))", 6],
  ["a fill", "(memory.fill (i32.const 0xff00) (i32.const 0) (i32.const 16))", 9],
  ["a copy from there", "(memory.copy (i32.const 0) (i32.const 0xff00) (i32.const 4))", 9],
  ["unreachable", "unreachable", 1],
  ["a call of nothing", "(call_indirect (i32.const 5))", 5],
])("%s is a fault", async (_, code, fault) => {
  const sim = await run(`(module (memory 1) (table 1 funcref) (func (export "main") ${code}))`);
  expect(faults(sim)).toEqual([fault]);
  expect(sim.state).toBe("failed");
});

test("functions that call themselves have the stack of a cell, not of an engine", async () => {
  const depth = (most: number) => `(module
    (func $f (param i32) (result i32)
      (if (result i32) (local.get 0)
        (then (return (i32.add (i32.const 1) (call $f (i32.sub (local.get 0) (i32.const 1))))))
        (else (i32.const 0))))
    (func (export "main") (drop (call $f (i32.const ${most}))) (drop (call $f (i32.const ${most})))))`;
  expect(faults(await run(depth(100)))).toEqual([]);
  expect(faults(await run(depth(1000)))).toEqual([10]);
});

test("memory grows as far as RAM backs it", async () => {
  const sim = await run(`(module (memory 1)
    (func (export "main") (i32.store (i32.const 16) (memory.grow (i32.const 4))) (i32.store (i32.const 20) (memory.size))))`);
  const { linearAddress } = sim.machine.program;
  expect([sim.memory.read32(linearAddress + 16), sim.memory.read32(linearAddress + 20)]).toEqual([0xffffffff, 1]);
});
