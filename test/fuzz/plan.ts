/** Subjects as native/wasm3/plan.h describes them. */
import { concat } from "../../scripts/pipeline/wasm/markers.ts";
import { parseModule } from "../../scripts/pipeline/wasm/module.ts";
import { withoutDeadCode } from "../../scripts/pipeline/wasm3/dead-code.ts";
import { SECTION, withSections } from "./rewrite.ts";
import type { Subject } from "./subject.ts";

const END_OF_CALLS = -1n;

function words(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setBigUint64(8 * i, BigInt.asUintN(64, value), true));
  return bytes;
}

function filled(bytes: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  out.set(bytes);
  return out;
}

function withoutCustomSections(wasm: Uint8Array, what: string): Uint8Array {
  const module = parseModule(wasm, what);
  return withSections({ ...module, sections: module.sections.filter(({ id }) => id !== SECTION.custom) }, new Map());
}

export function planOf(subjects: readonly Subject[]): Uint8Array {
  const parts = subjects.flatMap(({ wasm: whole, name, entries, calls }) => {
    // wasm3 also finds functions by the names that custom sections give them.
    const wasm = withoutDeadCode(withoutCustomSections(whole, name), name);
    return [
      words([BigInt(wasm.length)]),
      filled(wasm, Math.ceil(wasm.length / 8) * 8),
      words([BigInt(entries.length)]),
      ...entries.flatMap(({ name, arity }) => [words([BigInt(arity)]), filled(Buffer.from(name), 16)]),
      words(calls.flatMap(({ entry, args }) => [BigInt(entry), ...args])),
      words([END_OF_CALLS]),
    ];
  });
  return concat([...parts, words([0n])]);
}
