/** How the RAM of a cell is divided with wasm3, and whether a program fits in it. */

import { kib } from "../../../boards/define/sizes.ts";
import { bytesOf, cellRam } from "../../../boards/index.ts";
import { UserError } from "../../errors.ts";
import type { Compiled } from "../build.ts";
import { checkNeeds, type RamUse } from "../memory-plan.ts";
import type { Module } from "../wasm/module.ts";
import type { ModulePlan } from "./module-image.ts";
import { ENGINE_MORE_CPUS, ENGINE_STACKS, enginePlatform } from "./platform.ts";

const PAGE = 4096;
const pages = (bytes: number) => Math.ceil(bytes / PAGE) * PAGE;

/** Bytes of heap that wasm3 takes for a byte of code, for a function, and in any case. */
const HEAP = { perCodeByte: 14, perFunction: 200, least: 24 * 1024 };

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
  const code = module.bodies.reduce((sum, { start, end }) => sum + end - start, 0);
  const heap = HEAP.least + HEAP.perCodeByte * code + HEAP.perFunction * module.bodies.length;
  const nullPages = file.map ? 1 : 0;
  const dataEnd = Math.max(0, ...module.data.map((d) => (d.address ?? 0) + d.bytes.length));
  const data = Math.max(0, dataEnd - nullPages * PAGE);
  const image = engine.moduleOffset + pages(file.wasm.length) + pages(heap);
  const used = image + stacks + pages(data);
  const parts = `wasm3 ${kib(engine.moduleOffset)}, module ${kib(file.wasm.length)}, its compiled code ${kib(heap)}, stacks ${kib(stacks)}, constant data ${kib(data)}`;
  checkNeeds({ name, cell }, { ...settings.needs, image: 0, ram: used }, parts);
  return {
    header: { ram, nullPages, mainStack, moreCpus, fuel: settings.wasm3?.fuel ?? 0 },
    ram: { cell: ram, image, stacks, linear: ram - image - stacks, data },
  };
}
