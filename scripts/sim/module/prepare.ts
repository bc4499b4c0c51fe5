/** From the .wasm of a build to the copy of it that the simulator runs. */
import type { Position, SourceMap } from "../../pipeline/wasm/markers.ts";
import { KIND, type Module, parseModule } from "../../pipeline/wasm/module.ts";
import { Reader } from "../../pipeline/wasm/reader.ts";
import { I32 } from "./encode.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { placesOf, rewrite } from "./rewrite.ts";
import { complete } from "./support.ts";

const ELEMENTS = 9;
const I32_CONST = 0x41;

/** Data only: it may be kept. */
export interface Program {
  readonly bytes: Uint8Array;
  readonly layout: Layout;
  readonly positions: readonly Position[];
  /** CPUs that it can run on. */
  readonly cpus: number;
  /** Of the image on the target. */
  readonly bits: 32 | 64;
  /** Bytes of the main program's stack. */
  readonly stack: number;
  /** Cell address of the first pointer that it may use. */
  readonly linearAddress: number;
  /** First pointer behind the constant data. */
  readonly dataEnd: number;
  /** Pages that the module starts with, and that it asks for at most. */
  readonly pages: { readonly initial: number; readonly maximum: number };
  /** Exports that the machine calls, and how many arguments of zero they take. */
  readonly exports: Readonly<Record<string, number>>;
  /** Table indices of functions without arguments and result, and of those that take a vector. */
  readonly plainFunctions: readonly number[];
  readonly vectorFunctions: readonly number[];
}

export interface ProgramOptions {
  readonly what: string;
  /** First pointer that the program may use, and first one behind what RAM backs. */
  readonly start: number;
  readonly limit: number;
  readonly cpus: number;
  readonly stack: number;
  readonly bits: 32 | 64;
  readonly linearAddress: number;
  /** The copy is made in a fraction of the time, and runs slower. */
  readonly quick?: boolean;
}

export async function prepare(wasm: Uint8Array, map: SourceMap | undefined, options: ProgramOptions): Promise<Program> {
  const { default: binaryen } = await import("binaryen");
  const module = parseModule(wasm, options.what);
  const places = placesOf(map);
  const inTable = elementsOf(module);
  const dataEnd = Math.max(0, ...module.data.map(({ address = 0, bytes }) => address + bytes.length));
  const { start, limit, cpus } = options;
  const layout = layoutOf({ start, limit, cpus, dataEnd, positions: places.positions.length });
  return {
    bytes: complete(binaryen, rewrite(module, places, layout, [...inTable.values()]), layout, options.quick),
    layout,
    positions: places.positions,
    cpus,
    stack: options.stack,
    bits: options.bits,
    linearAddress: options.linearAddress,
    dataEnd,
    pages: { initial: module.memory?.initial ?? 0, maximum: module.memory?.maximum ?? 0x10000 },
    exports: exportsOf(module),
    ...tableFunctions(module, inTable),
  };
}

function exportsOf(module: Module): Record<string, number> {
  const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
  const own = module.exports.filter(({ kind }) => kind === KIND.function);
  return Object.fromEntries(
    own.map(({ name, index }) => {
      const type = module.types[module.functions[index - imported] ?? -1];
      return [name, type?.params.length ?? 0];
    }),
  );
}

/** Table index → function, from `elem` sections with constant offsets and function indices, as asc and clang make them (Core Specification
 * 2.0, 5.5.12). */
function elementsOf(module: Module): Map<number, number> {
  const functions = new Map<number, number>();
  const section = module.sections.find(({ id }) => id === ELEMENTS);
  const r = section && new Reader(module.bytes, module.what, section.start, section.end);
  for (let segments = r?.u32() ?? 0; r && segments > 0; segments--) {
    if (r.u32() !== 0 || r.u8() !== I32_CONST) break;
    const first = Number(r.signed(32));
    r.u8();
    r.list((i) => functions.set(first + i, r.u32()));
  }
  return functions;
}

function tableFunctions(
  module: Module,
  functions: ReadonlyMap<number, number>,
): Pick<Program, "plainFunctions" | "vectorFunctions"> {
  const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
  const signature = (index: number) => {
    const type = module.types[module.functions[index - imported] ?? -1];
    return type ? `${type.params}:${type.results}` : "";
  };
  const having = (wanted: string) =>
    [...functions].filter(([, index]) => signature(index) === wanted).map(([at]) => at);
  return { plainFunctions: having(":"), vectorFunctions: having(`${I32}:`) };
}
