import { expect, test } from "vitest";
import { assemble } from "../../../test/wat.ts";
import { type Body, forEachInstruction, parseModule } from "../wasm/module.ts";
import { withoutDeadCode } from "./dead-code.ts";

const NOP = 0x01;

async function opcodes(code: string): Promise<number[]> {
  const before = await assemble(`(module (func (export "f") (param i32) (result i32) ${code}))`);
  const after = withoutDeadCode(before, "test");
  expect(after).toHaveLength(before.length);
  expect(WebAssembly.validate(after as BufferSource)).toBe(true);
  const module = parseModule(after, "test");
  const found: number[] = [];
  forEachInstruction(module, module.bodies[0] as Body, (opcode) => void found.push(opcode));
  return found;
}

test("what follows a branch in its block becomes nop, with the blocks in it", async () => {
  const inside = "(if (local.get 0) (then (nop)) (else (return (i32.const 1)))) (drop (i32.const 5))";
  // local.get, if, nop, else, i32.const, return, end, i32.const, drop, with their operands
  const bytes = 2 + 2 + 1 + 1 + 2 + 1 + 1 + 2 + 1;
  const dead = Array.from({ length: bytes }, () => NOP);
  expect(await opcodes(`(block (br 0) ${inside}) (i32.const 7)`)).toEqual([0x02, 0x0c, ...dead, 0x0b, 0x41, 0x0b]);
});

test("else begins anew", async () => {
  const code = "(if (result i32) (local.get 0) (then (unreachable) (i32.const 1)) (else (i32.const 2)))";
  expect(await opcodes(code)).toEqual([0x20, 0x04, 0x00, NOP, NOP, 0x05, 0x41, 0x0b, 0x0b]);
});

test("code that runs stays", async () => {
  const code = "(block (br_if 0 (local.get 0)) (return (i32.const 1))) (i32.const 7)";
  expect(await opcodes(code)).toEqual([0x02, 0x20, 0x0d, 0x41, 0x0f, 0x0b, 0x41, 0x0b]);
});
