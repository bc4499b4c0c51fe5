/** Stage 1: AssemblyScript to Wasm, in this process. Knows no file system: the caller's `readFile` decides where sources are. */
import type { Transform } from "assemblyscript/transform";
import { UserError } from "../errors.ts";
import { ConsoleTransform, SdkTransform } from "./console-transform.ts";
import { HEAP_IMPORT, HeapTransform } from "./heap-transform.ts";
import type { SourceMap } from "./wasm/markers.ts";

export interface AscInput {
  /** The user's entry file without folder, e.g. `main.ts`. */
  readonly entry: string;
  /** Text of a file of the user's, by its path from the entry's folder; null when there is none. */
  readonly readFile: (path: string) => string | null;
  /** Text of a file of the SDK, by its path in `sdk/`; null when there is none. */
  readonly readSdk: (path: string) => string | null;
  /** Folder of the SDK that `jh-inmate/machine/…` stands for. */
  readonly machine: string;
  /** File in `sdk/uart/`, without extension, that `jh-inmate/chosen/uart` stands for. */
  readonly uart?: string | undefined;
  readonly runtime: "stub" | "minimal";
  /** The entry is the whole module, with its own exports and `abort`: not an inmate, but the cell monitor. */
  readonly alone?: boolean;
}
export interface AscOutput {
  readonly wasm: Uint8Array;
  readonly map: SourceMap;
}

/**
 * The module's real entry: what the C runtime calls comes from the SDK, then the user's top-level code runs. One entry keeps the order of
 * start-up plain and the user's own exports out of the module.
 */
const ENTRY = "jh-entry.ts";
const SDK_PREFIX = "~lib/jh-inmate/";
const SDK_PATH = /^node_modules\/jh-inmate\/(?!node_modules\/)(.+)$/;
/** Within the SDK: the part of it that differs from machine to machine, and what the cell decides. */
const MACHINE_PREFIX = "machine/";
const CHOSEN_UART = "chosen/uart.ts";
/** Parts of the SDK that programs for one kind of machine may import: `jh-inmate/arm64`. */
const MACHINE_PARTS: readonly string[] = ["arm64", "x86"];

/** The first page of linear memory stays empty and unmapped, so that a null pointer faults (learned: `--memoryBase`). */
export const MEMORY_BASE = 4096;

/** At -O0 nothing is inlined: clang inlines, and knows the chain of callers. */
const FLAGS = [
  "-O0",
  "--memoryBase",
  String(MEMORY_BASE),
  "--exportTable",
  "--sourceMap",
  "--debug",
  "--runPasses",
  "simplify-globals",
];
const abortOf = (module: string) => ["--use", `abort=${module}/abort`];

interface Diagnostic {
  readonly code: number;
  readonly message: string;
  readonly category: number;
  readonly range: {
    readonly source: { readonly normalizedPath: string };
    readonly start: number;
    readonly end: number;
  } | null;
}
const CATEGORY_ERROR = 3;
const TYPE_ARGUMENT_EXPECTED = 1140;

export async function compileAssemblyScript(input: AscInput): Promise<AscOutput> {
  let { error, errors, outputs } = await run(input, ConsoleTransform);
  // The transform makes calls of generic functions, and of a wrong value in one asc says only this: the plain template tells more.
  if (errors[0]?.code === TYPE_ARGUMENT_EXPECTED) ({ error, errors, outputs } = await run(input, SdkTransform));
  const first = errors[0];
  if (first) {
    const text = (path: string) =>
      (path.startsWith(SDK_PREFIX)
        ? input.readSdk(sdkFile(path.slice(SDK_PREFIX.length), input))
        : input.readFile(path)) ?? "";
    throw new UserError(oneLine(first, text), codeFrames(errors, text));
  }
  const wasm = outputs.get("app.wasm");
  const map = outputs.get("app.wasm.map");
  if (error || !(wasm instanceof Uint8Array) || typeof map !== "string") {
    throw new UserError(
      `${input.entry}: the AssemblyScript compiler failed: ${error?.message ?? "it wrote no module"}`,
    );
  }
  return { wasm, map: JSON.parse(map) as SourceMap };
}

/** Where the part of the SDK at this path is not the machine's: its folder. */
function foreignPart(path: string, { machine }: AscInput): string | undefined {
  const folder = /^\w+/.exec(path)?.[0] ?? "";
  return MACHINE_PARTS.includes(folder) && folder !== machine ? folder : undefined;
}

/** To asc a part that the machine does not have is a missing file. */
function withCause(diagnostic: Diagnostic, input: AscInput): Diagnostic {
  const path = /^File '~lib\/jh-inmate\/(.+)' not found/.exec(diagnostic.message)?.[1];
  const part = path && foreignPart(path, input);
  if (!part) return diagnostic;
  const message = `jh-inmate/${part} has what only ${part} machines have: build this for an ${part} board, not for ${input.machine}`;
  return { ...diagnostic, message };
}

/** The file in `sdk/` of a path in the package. */
function sdkFile(path: string, { machine, uart = "none" }: AscInput): string {
  if (path === CHOSEN_UART) return `uart/${uart}.ts`;
  return path.startsWith(MACHINE_PREFIX) ? `${machine}/${path.slice(MACHINE_PREFIX.length)}` : path;
}

interface Run {
  readonly error: Error | null;
  readonly errors: readonly Diagnostic[];
  readonly outputs: ReadonlyMap<string, string | Uint8Array>;
}

async function run(input: AscInput, transform: typeof ConsoleTransform): Promise<Run> {
  const { default: asc } = await import("assemblyscript/asc");
  const heap = input.runtime === "minimal" ? HEAP_IMPORT : "";
  const entry = `export * from "jh-inmate/runtime";\n${heap}import "./${input.entry.replace(/\.ts$/, "")}";\n`;
  const outputs = new Map<string, string | Uint8Array>();
  const errors: Diagnostic[] = [];
  const roots = input.alone
    ? [input.entry, ...abortOf(input.entry.replace(/\.ts$/, ""))]
    : [ENTRY, ...abortOf("~lib/jh-inmate/fault")];
  const { error } = await asc.main([...roots, ...FLAGS, "--runtime", input.runtime, "--outFile", "app.wasm"], {
    readFile: (path: string) => {
      if (path === ENTRY) return entry;
      const sdk = SDK_PATH.exec(path)?.[1];
      if (!sdk) return input.readFile(path);
      return foreignPart(sdk, input) ? null : input.readSdk(sdkFile(sdk, input));
    },
    writeFile: (path: string, contents: string | Uint8Array) => void outputs.set(path, contents),
    listFiles: () => [],
    stdout: { write: () => {} },
    stderr: { write: () => {} },
    reportDiagnostic: (diagnostic: unknown) => {
      const d = diagnostic as Diagnostic;
      if (d.category === CATEGORY_ERROR) errors.push(withCause(d, input));
    },
    // asc takes classes and makes the instances itself, its types know instances only.
    transforms: [transform, HeapTransform] as unknown as Transform[],
  });
  return { error, errors, outputs };
}

/** The text of a file that a diagnostic names. */
type TextOf = (path: string) => string;

function oneLine({ message, range }: Diagnostic, textOf: TextOf): string {
  const text = message.replace(/\s+/g, " ");
  if (!range) return text;
  const { normalizedPath: path } = range.source;
  const { line, column } = lineOf(textOf(path), range.start);
  return `${path}:${line}:${column}: ${text}`;
}

const MOST_FRAMES = 5;

/** Each error with its source line and carets below it; the first one's words are the message already. */
function codeFrames(errors: readonly Diagnostic[], textOf: TextOf): string {
  const frames = errors.slice(0, MOST_FRAMES).map((error, i) => {
    const head = i === 0 ? "" : `${oneLine(error, textOf)}\n`;
    if (!error.range) return head;
    const text = textOf(error.range.source.normalizedPath);
    const { line, column } = lineOf(text, error.range.start);
    const source = text.split("\n")[line - 1] ?? "";
    const width = Math.max(1, Math.min(error.range.end - error.range.start, source.length - column + 1));
    const gutter = `${line} | `;
    return `${head}  ${gutter}${source}\n  ${" ".repeat(gutter.length + column - 1)}${"^".repeat(width)}`;
  });
  if (errors.length > MOST_FRAMES) frames.push(`and ${errors.length - MOST_FRAMES} more errors`);
  return frames.join("\n");
}

function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
