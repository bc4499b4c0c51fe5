/** Programs in AssemblyScript as subjects. */
import { decode, encode } from "@jridgewell/sourcemap-codec";
import { compileAssemblyScript } from "../../scripts/pipeline/asc.ts";
import type { SourceMap } from "../../scripts/pipeline/wasm/markers.ts";
import { parseModule } from "../../scripts/pipeline/wasm/module.ts";
import { callsOf, settled } from "./calls.ts";
import { type Program, randomProgram } from "./program/program.ts";
import { Random } from "./random.ts";
import { SECTION, withSections } from "./rewrite.ts";
import { MEMORY_PAGES, type Subject } from "./subject.ts";

const ENTRY = "main.ts";

export async function randomScript(seed: number): Promise<Subject> {
  const random = new Random(seed);
  return scriptSubject(`script ${seed}`, randomProgram(random), random);
}

export async function scriptSubject(name: string, { source, exports }: Program, random: Random): Promise<Subject> {
  const { wasm, map } = await compileAssemblyScript({
    entry: ENTRY,
    readFile: (path) => (path === ENTRY ? source : null),
    readSdk: () => null,
    machine: "arm64",
    runtime: "stub",
    alone: true,
  });
  const fixed = withFixedMemory(wasm, map, name);
  return settled({ name, ...fixed, entries: exports, calls: callsOf(random, exports), features: "common", source });
}

/** asc leaves a module's memory open: here it has the size of all subjects'. Behind it in the file all moves. */
function withFixedMemory(wasm: Uint8Array, map: SourceMap, name: string): { wasm: Uint8Array; map: SourceMap } {
  const before = parseModule(wasm, name);
  const memory = { count: 1, bytes: Uint8Array.from([1, MEMORY_PAGES, MEMORY_PAGES]) };
  const changed = withSections(before, new Map([[SECTION.memory, memory]]));
  const after = parseModule(changed, name);
  const moved = (after.bodies[0]?.start ?? 0) - (before.bodies[0]?.start ?? 0);
  const lines = decode(map.mappings);
  for (const segment of lines[0] ?? []) segment[0] += moved;
  return { wasm: changed, map: { ...map, mappings: encode(lines) } };
}
