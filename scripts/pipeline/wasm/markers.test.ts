import { encode } from "@jridgewell/sourcemap-codec";
import { expect, test } from "vitest";
import { assemble } from "../../../test/wat.ts";
import { insertMarkers } from "./markers.ts";
import { type Body, forEachInstruction, parseModule } from "./module.ts";

const SOURCE = `(module (memory (export "m") 1) (data (i32.const 16) "hi")
  (func (export "f") (param $n i32) (result i32) (local $sum i32)
    (loop $l
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.add (local.get $sum) (i32.load8_u (i32.const 16)))))`;

/** A source map that gives every instruction a position of its own. */
async function everyInstructionMapped() {
  const module = parseModule(await assemble(SOURCE), "test");
  const segments: [number, number, number, number][] = [];
  forEachInstruction(module, module.bodies[0] as Body, (_, offset) =>
    segments.push([offset, 0, segments.length, segments.length % 7]),
  );
  return { module, map: { sources: ["main.ts"], mappings: encode([segments]) }, count: segments.length };
}

test("a marked module computes the same", async () => {
  const { module, map } = await everyInstructionMapped();
  const marked = insertMarkers(module, map, "keep");
  const { instance } = await WebAssembly.instantiate(marked.bytes as BufferSource);
  expect((instance.exports.f as (n: number) => number)(10)).toBe(55 + "h".charCodeAt(0));
});

test("each position has a marker, before its instruction", async () => {
  const { module, map, count } = await everyInstructionMapped();
  const marked = insertMarkers(module, map, "keep");
  expect(marked.positions).toHaveLength(count);
  expect(marked.positions[3]).toEqual({ file: "main.ts", line: 4, column: 4 });
  const again = parseModule(marked.bytes, "marked");
  const found: number[] = [];
  forEachInstruction(again, again.bodies[0] as Body, (opcode, _, r) => {
    if (opcode !== 0x41) return;
    const value = Number(r.signed(32));
    if (value >= marked.base) found.push(value - marked.base);
  });
  expect(found).toEqual(Array.from({ length: count }, (_, i) => i));
});

test("the range of markers avoids the program's own constants", async () => {
  const { module: plain } = await everyInstructionMapped();
  const first = insertMarkers(plain, undefined, "keep").base;
  const module = parseModule(await assemble(`(module (func (drop (i32.const ${first + 5}))))`), "test");
  expect(insertMarkers(module, undefined, "keep").base).not.toBe(first);
});

test("data is left out on demand", async () => {
  const { module, map } = await everyInstructionMapped();
  expect(parseModule(insertMarkers(module, map, "drop").bytes, "marked").data).toEqual([]);
});
