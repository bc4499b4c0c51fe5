/** What compiled engines have in common: the C of a subject, and the outcomes that the driver prints. */
import { join } from "node:path";
import { dataBlob } from "../../scripts/pipeline/data-blob.ts";
import { type EmittedC, emitC } from "../../scripts/pipeline/emit-c.ts";
import { imageSource } from "../../scripts/pipeline/image-source.ts";
import type { Platform } from "../../scripts/pipeline/platform.ts";
import { insertMarkers } from "../../scripts/pipeline/wasm/markers.ts";
import { type Module, parseModule } from "../../scripts/pipeline/wasm/module.ts";
import { wasm2c } from "../../scripts/pipeline/wasm2c.ts";
import { packageRoot } from "../../scripts/root.ts";
import { MEMORY_PAGES, type Outcome, type Subject, type Trap, trapped } from "./subject.ts";

/** Searched for includes by clang. */
export const NATIVE = join(packageRoot, "test", "fuzz", "native");

/** How a compiled program may be made. */
export interface Variant {
  readonly optimize: "speed" | "size";
  readonly traps: "precise" | "fast";
}
export const definesOf = ({ traps }: Variant): Readonly<Record<string, number>> => ({
  SUBJECT_MEMORY: MEMORY_PAGES * 0x10000,
  ...(traps === "precise" ? { PRECISE_TRAPS: 1 } : {}),
});

interface Translated {
  readonly module: Module;
  readonly c: EmittedC;
}
const translated = new WeakMap<Subject, Promise<Translated>>();

/** The same for all platforms, and not kept in the cache of builds: no subject comes twice. */
async function translate({ wasm, map, name }: Subject): Promise<Translated> {
  const module = parseModule(wasm, name);
  const marked = insertMarkers(module, map, dataBlob(module) ? "drop" : "keep");
  const { source, header } = await wasm2c(marked.bytes, name);
  return { module, c: emitC({ source, header, markerBase: marked.base, positions: marked.positions }) };
}

export const subjectNames = (subjects: readonly Subject[]) => subjects.map((_, i) => `subject_${i}`);

/** The macro by which the driver knows its subjects. */
export function driverMacros(subjects: readonly Subject[]): string {
  const all = subjectNames(subjects).map((name) => `X(${name})`);
  return `#define SUBJECTS(X) ${all.join(" ")}\n`;
}

/** The C of a subject, which begins and ends as `platform` says. */
export async function subjectSource(subject: Subject, symbol: string, platform: Platform): Promise<string> {
  const translating = translated.get(subject) ?? translate(subject);
  translated.set(subject, translating);
  const { module, c } = await translating;
  const entries = subject.entries.map(({ name, arity }) => `E(${name}, ${arity})`);
  const calls = subject.calls.map(({ entry, args }) =>
    [entry, ...args.map((arg) => `0x${BigInt.asUintN(64, arg).toString(16)}ull`)].map((word) => `${word},`).join(""),
  );
  const macros = [
    `#define SUBJECT ${symbol}`,
    `#define ENTRIES(E) ${entries.join(" ")}`,
    `#define CALLS ${calls.join(" ")}`,
  ];
  return `${macros.join("\n")}\n${imageSource(module, c, dataBlob(module), { ...platform, between: [], after: ["module.h"] })}`;
}

/** By code of runtime/wasm/traps.h. */
const KINDS: Readonly<Record<number, Trap>> = {
  1: "unreachable",
  2: "divide",
  3: "integer",
  4: "integer",
  5: "table",
  6: "memory",
  9: "unreachable", // with which AssemblyScript's allocator gives up
  10: "stack",
  21: "table",
};

/** What the driver has printed, by subject; what is missing has no answer. */
export function parseOutcomes(text: string, subjects: readonly Subject[]): Outcome[][] {
  const blocks = text.replaceAll("\r", "").split("\n\n");
  return subjects.map(({ calls }, i) => {
    const lines = blocks[i]?.split("\n") ?? [];
    return Array.from({ length: calls.length + 1 }, (_, n) => outcomeOf(lines[n] ?? ""));
  });
}

function outcomeOf(line: string): Outcome {
  if (/^=[0-9a-f]{16}$/.test(line)) return line.slice(1);
  if (/^![0-9a-f]{2}$/.test(line)) {
    const code = Number.parseInt(line.slice(1), 16);
    return KINDS[code] ? trapped(KINDS[code]) : `${trapped("other")} ${code}`;
  }
  return line === "" ? "no answer" : `"${line}"`;
}
