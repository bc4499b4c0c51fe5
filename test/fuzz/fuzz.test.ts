/** Some rounds of fuzzing, the same each time; `npm run fuzz` has more. And whether it would find anything. */
import { expect, test } from "vitest";
import { assemble } from "../wat.ts";
import { compare, wordsOf } from "./compare.ts";
import { commandOf, ROUND, round, variantOf } from "./fuzz.ts";
import { reduce } from "./reduce.ts";
import { randomScript } from "./script.ts";
import type { Engine, Subject } from "./subject.ts";
import { randomModule } from "./ttf.ts";
import { v8 } from "./v8.ts";

const MINUTES = 6 * 60_000;

test.each([10, 20])("all engines agree about the subjects from seed %i on", { timeout: MINUTES }, async (first) => {
  const seeds = Array.from({ length: ROUND }, (_, i) => first + i);
  const variant = variantOf(first);
  const { subjects, disagreements: found } = await round(seeds, variant);
  expect(found.map((one) => `${wordsOf(one)}; again: ${commandOf(seeds, variant)}`)).toEqual([]);
  expect(subjects.filter(({ source }) => source !== undefined)).toHaveLength(ROUND / 2);
  for (const { calls } of subjects) expect(calls.length).toBeGreaterThan(1);
});

test("the same seed makes the same subject", async () => {
  for (const make of [randomScript, (seed: number) => randomModule(seed, "all")]) {
    const [one, two, other] = [await make(7), await make(7), await make(8)];
    expect(one).toEqual(two);
    expect(other.wasm).not.toEqual(one.wasm);
  }
});

/** V8 with a mistake: i64.rotl, of which every hash of the state is made, gives what i64.rotr does. */
const wrongEngine: Engine = {
  name: "wrong",
  features: "all",
  run: (subjects) => v8.run(subjects.map(withoutRotl)),
};
function withoutRotl(subject: Subject): Subject {
  const wasm = subject.wasm.slice();
  const rotation = Buffer.from(wasm.buffer).indexOf(Uint8Array.of(0x42, 29, 0x89));
  if (rotation >= 0) wasm[rotation + 2] = 0x8a;
  return { ...subject, wasm };
}

test("a mistake is found, and the module reduced to where it is", async () => {
  const subject = await randomModule(11, "common");
  const [found] = (await compare([subject], [wrongEngine])).disagreements;
  expect(found && wordsOf(found)).toMatch(/^module 11: wrong gives [0-9a-f]{16} for \w+\(.*\), V8 [0-9a-f]{16}$/);
  const reduced = await reduce(subject, wrongEngine, "precise", 10);
  expect(reduced.text).toContain("i64.rotl");
  expect(reduced.subject.calls.length).toBeLessThan(4);
  expect(reduced.subject.wasm.length).toBeLessThan(subject.wasm.length / 2);
  expect((await compare([reduced.subject], [wrongEngine])).disagreements).toHaveLength(1);
});

test("a call that does not end in V8 is told, so that an attempt to reduce a module goes on", async () => {
  const wasm = await assemble('(module (func (export "run") (result i64) (loop (br 0)) (unreachable)))');
  const endless: Subject = {
    ...{ name: "endless", wasm, map: undefined, features: "common" },
    ...{ entries: [{ name: "run", arity: 0 }], calls: [{ entry: 0, args: [] }] },
  };
  await expect(v8.run([endless])).rejects.toThrow("a call has not ended in V8 after 5000 ms");
});
