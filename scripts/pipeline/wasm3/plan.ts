/** How the RAM of a cell is divided with wasm3, and whether a program fits in it. */

import { kib } from "../../../boards/define/sizes.ts";
import { bytesOf, cellRam } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import type { Compiled } from "../build.ts";
import { checkNeeds, type RamUse } from "../memory-plan.ts";
import type { Module } from "../wasm/module.ts";
import { Reader } from "../wasm/reader.ts";
import { type ModulePlan, withoutNames } from "./module-image.ts";
import { ENGINE_MORE_CPUS, ENGINE_STACKS, enginePlatform } from "./platform.ts";

const PAGE = 4096;
const pages = (bytes: number) => Math.ceil(bytes / PAGE) * PAGE;

/**
 * Bytes of heap that wasm3 takes where pointers have 64 bits: for a byte of code, a function, imported or not, a global, and in any case.
 * Measured with the demos, and a tenth above the most that one of them takes.
 */
const HEAP = { perCodeByte: 18, perFunction: 132, perGlobal: 72, least: 20 * 1024 } as const;
/** What of that half the pointers leave. */
const NARROW = 0.7;
const GLOBALS = 6;

function heapOf(module: Module, bits: 32 | 64): number {
  const code = module.bodies.reduce((sum, { start, end }) => sum + end - start, 0);
  const functions = module.imports.length + module.bodies.length;
  const globals = module.sections.find(({ id }) => id === GLOBALS);
  const count = globals ? new Reader(module.bytes, module.what, globals.start, globals.end).u32() : 0;
  const heap = HEAP.least + HEAP.perCodeByte * code + HEAP.perFunction * functions + HEAP.perGlobal * count;
  return Math.ceil(heap * (bits === 32 ? NARROW : 1));
}

export interface Wasm3Plan {
  readonly header: ModulePlan;
  readonly ram: RamUse;
}

/** @throws UserError with what the program needs and its cell lacks. */
export function wasm3Plan(compiled: Compiled, module: Module, startsCpus: boolean): Wasm3Plan {
  const { name, settings, cell, file } = compiled;
  const engine = enginePlatform(compiled.platform);
  const region = cellRam(cell);
  const ram = Math.min(engine.largestRam, Number(region.address + region.size - cell.resetAddress));
  const asked = settings.stack === undefined ? 0 : Number(bytesOf(settings.stack, `${name}: stack`));
  const mainStack = Math.max(ENGINE_STACKS.main, pages(asked));
  if (mainStack > engine.largestMainStack)
    throw new UserError(
      `${name}: a stack of ${kib(mainStack)} is too large: with wasm3 at most ${kib(engine.largestMainStack)}`,
    );
  const moreCpus = startsCpus ? Math.max(1, Math.min(cell.cpus.length, ENGINE_MORE_CPUS + 1)) - 1 : 0;
  const stacks = mainStack + moreCpus * (ENGINE_STACKS.cpu + ENGINE_STACKS.handler + ENGINE_STACKS.report);
  const heap = heapOf(module, settings.bits ?? 64);
  const nullPages = file.map ? 1 : 0;
  const dataEnd = Math.max(0, ...module.data.map((d) => (d.address ?? 0) + d.bytes.length));
  const data = Math.max(0, dataEnd - nullPages * PAGE);
  const loaded = withoutNames(file.wasm).length;
  const image = engine.moduleOffset + pages(loaded) + pages(heap) + engine.tables(ram);
  const used = image + stacks + pages(data);
  const parts = `wasm3 ${kib(engine.moduleOffset)}, module ${kib(loaded)}, its compiled code ${kib(heap)}, stacks ${kib(stacks)}, constant data ${kib(data)}`;
  checkNeeds({ name, cell }, { ...settings.needs, image: 0, ram: used }, parts);
  return {
    header: { ram, nullPages, mainStack, moreCpus, fuel: settings.wasm3?.fuel ?? 0 },
    ram: { cell: ram, image, stacks, linear: ram - image - stacks, data },
  };
}
