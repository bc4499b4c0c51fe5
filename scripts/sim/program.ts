/** What of a cell's RAM a program gets as linear memory, and the copy of it for the simulator. */

import { kib } from "../../boards/define/sizes.ts";
import type { Board, CellConfig, InmateNeeds } from "../../boards/index.ts";
import type { ImageArch } from "../../runtime/intrinsics.ts";
import { importedIntrinsics } from "../pipeline/imports.ts";
import {
  ARM64_LAYOUT,
  checkNeeds,
  type Layout,
  type MemoryPlan,
  memoryPlan,
  X86_32_LAYOUT,
  X86_64_LAYOUT,
} from "../pipeline/memory-plan.ts";
import type { SourceMap } from "../pipeline/wasm/markers.ts";
import { type Module, parseModule } from "../pipeline/wasm/module.ts";
import { type Program, type ProgramOptions, prepare } from "./module/prepare.ts";

export interface ProgramInput {
  readonly wasm: Uint8Array;
  /** Of a program with the SDK. */
  readonly map?: SourceMap | undefined;
  readonly board: Board;
  readonly cell: CellConfig;
  /** What errors call it. */
  readonly name?: string | undefined;
  /** Bytes of main stack. */
  readonly stack?: number | undefined;
  readonly bits?: 32 | 64 | undefined;
  readonly needs?: InmateNeeds | undefined;
}

export function programOf(input: ProgramInput): Promise<Program> {
  return prepare(input.wasm, input.map, programOptions(input));
}

const PAGE = 0x1000;
const CODE_SECTION = 10;

/**
 * What the image takes besides code and data. How large its machine code will be is not known without a C compiler: it is taken to be as large as
 * the Wasm's, which comes near. So memory ends where it ends on the target, give or take a few pages.
 */
interface ImageParts {
  readonly arch: ImageArch;
  readonly layout: Layout;
  /** Start-up, vectors, command line and variables of the runtime. */
  readonly runtime: number;
  /** Translation tables, and those of `map_ram`. */
  readonly tables: number;
  readonly windowTables: number;
}
const ARM64: ImageParts = {
  arch: "arm64",
  layout: ARM64_LAYOUT,
  runtime: 0x1600,
  tables: 0x1000,
  windowTables: 0x5000,
};
const X86: ImageParts = {
  arch: "x86-64",
  layout: X86_64_LAYOUT,
  runtime: 0x1600,
  tables: 0x7000,
  windowTables: 0x4000,
};

function partsOf({ arch }: Board, bits: 32 | 64 = 64): ImageParts {
  if (arch !== "x86") return ARM64;
  return bits === 32 ? { ...X86, arch: "x86-32", layout: X86_32_LAYOUT } : X86;
}

export function programOptions(input: ProgramInput): ProgramOptions {
  const { wasm, map, board, cell, name = cell.name, stack, bits = 64, needs = {} } = input;
  const module = parseModule(wasm, name);
  const parts = partsOf(board, bits);
  const intrinsics = importedIntrinsics(module, parts.arch).map((row) => row.name);
  const nullPages = map ? 1 : 0;
  const plan = memoryPlan(cell, name, parts.layout, { nullPages, stack, startsCpus: intrinsics.includes("cpu_start") });
  const data = Math.max(0, dataEndOf(module) - nullPages * PAGE);
  const image = imageSize(module, data, parts, intrinsics.includes("map_ram"));
  checkNeeds(plan, { ...needs, image, ram: image + plan.stacks + pages(data) }, partsLine(image, plan, data));
  const linear = plan.ram - image - plan.stacks;
  return {
    what: name,
    start: nullPages * PAGE,
    limit: nullPages * PAGE + linear,
    cpus: 1 + plan.moreCpus,
    stack: plan.mainStack,
    bits,
    linearAddress: Number(cell.resetAddress) + plan.ram - linear,
  };
}

function imageSize(module: Module, data: number, { runtime, tables, windowTables }: ImageParts, usesWindow: boolean) {
  const code = module.sections.find(({ id }) => id === CODE_SECTION);
  const text = code ? code.end - code.start : 0;
  return pages(runtime + text + data) + tables + (usesWindow ? windowTables : 0);
}

function dataEndOf({ data }: Module): number {
  return Math.max(0, ...data.map(({ address = 0, bytes }) => address + bytes.length));
}

function pages(bytes: number): number {
  return Math.ceil(bytes / PAGE) * PAGE;
}

function partsLine(image: number, { stacks }: MemoryPlan, data: number): string {
  return `image about ${kib(image)}, stacks ${kib(stacks)}, constant data ${kib(data)}`;
}
