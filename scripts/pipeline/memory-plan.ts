/** How the RAM of a cell is divided, and whether a program fits in it. */
import { type ImageNeeds, type Lack, lacksOf } from "../../boards/check/fits.ts";
import { kib } from "../../boards/define/sizes.ts";
import { type CellConfig, cellRam, type InmateNeeds } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { elfSymbols, symbolValue } from "./elf.ts";

const PAGE = 4096;
const MAIN_STACK = 8 * 1024;
export const LARGEST_MAIN_STACK = 84 * 1024;
export const HANDLER_STACK = 4 * 1024;
/** Of each further CPU; it has a handler stack, too. */
export const CPU_STACK = 4 * 1024;

/** More RAM than this is not turned into linear memory: it would have to be cleared at each start. `ram.map` reaches the rest. */
const MOST_RAM = 64 * 1024 * 1024;
/** The tables of the SDK (cpus.ts) and the room for stacks are for so many CPUs. */
const MOST_CPUS = 16;

/** What an architecture's address space asks of the plan: `runtime/ARCH/layout.h`. */
export interface Layout {
  /** Where linear memory begins. */
  readonly linearBase: number;
  /** First address behind the largest image, without the stacks of further CPUs. */
  readonly imageEnd: number;
  /** Addresses below `imageEnd` that each further CPU takes, unmapped pages included. */
  readonly cpuSlot: number;
  readonly reportStack: number;
  /** Each CPU has a report stack of its own among the stacks; else there is one for all, and the image has it. */
  readonly ownReportStacks: boolean;
}

const cpuStacks = CPU_STACK + HANDLER_STACK;
export const ARM64_LAYOUT: Layout = {
  linearBase: 0x180000,
  imageEnd: 0x100000,
  cpuSlot: cpuStacks + 2 * PAGE,
  reportStack: PAGE / 2,
  ownReportStacks: false,
};
export const X86_64_LAYOUT: Layout = {
  linearBase: 0x400000,
  imageEnd: 0x100000,
  cpuSlot: 0,
  reportStack: PAGE,
  ownReportStacks: true,
};
/** Below linear memory there is room for what `ram.map` maps. */
export const X86_32_LAYOUT: Layout = { ...X86_64_LAYOUT, linearBase: 0x40000000 };

export interface MemoryPlan {
  readonly name: string;
  readonly cell: CellConfig;
  readonly ram: number;
  readonly stacks: number;
  readonly mainStack: number;
  readonly reportStack: number;
  /** Further CPUs that the program can start. */
  readonly moreCpus: number;
  /** First address behind the largest image. */
  readonly imageEnd: number;
  readonly nullPages: number;
  readonly defines: Readonly<Record<string, number>>;
  readonly symbols: Readonly<Record<string, number>>;
}

export interface ProgramNeeds {
  /** Pages of linear memory before the first that is backed. */
  readonly nullPages: number;
  /** Bytes of main stack; undefined: what is usual. */
  readonly stack: number | undefined;
  /** It calls smp.start: each CPU of the cell gets stacks. */
  readonly startsCpus: boolean;
}

export function memoryPlan(cell: CellConfig, name: string, layout: Layout, needs: ProgramNeeds): MemoryPlan {
  const { nullPages, stack = MAIN_STACK } = needs;
  const region = cellRam(cell);
  if (cell.resetAddress % BigInt(PAGE) !== 0n) {
    throw new UserError(
      `cell ${cell.name}: its reset address 0x${cell.resetAddress.toString(16)} is not at a page: an image begins at a multiple of 4 KiB`,
    );
  }
  const ram = Math.min(MOST_RAM, Number(region.address + region.size - cell.resetAddress));
  const mainStack = Math.ceil(stack / PAGE) * PAGE;
  if (mainStack > LARGEST_MAIN_STACK)
    throw new UserError(`${name}: a stack of ${kib(mainStack)} is too large: at most ${kib(LARGEST_MAIN_STACK)}`);
  const moreCpus = needs.startsCpus ? Math.max(1, Math.min(cell.cpus.length, MOST_CPUS)) - 1 : 0;
  const reports = layout.ownReportStacks ? layout.reportStack * (1 + moreCpus) : 0;
  const stacks = mainStack + HANDLER_STACK + moreCpus * cpuStacks + reports;
  return {
    name,
    cell,
    ram,
    stacks,
    mainStack,
    moreCpus,
    imageEnd: layout.imageEnd - moreCpus * layout.cpuSlot,
    reportStack: layout.reportStack,
    nullPages,
    defines: {
      NULL_PAGES: nullPages,
      RAM_SIZE: ram,
      VA_BITS: Math.max(25, Math.ceil(Math.log2(layout.linearBase + ram))),
      MORE_CPUS: moreCpus,
      CPU_STACK_SIZE: CPU_STACK,
      MAIN_STACK_SIZE: mainStack,
      HANDLER_STACK_SIZE: HANDLER_STACK,
      REPORT_STACK_SIZE: layout.reportStack,
    },
    symbols: { __stack_bytes: stacks },
  };
}

export interface RamUse {
  readonly cell: number;
  /** Code and constants, variables of the runtime, translation tables; without stacks. */
  readonly image: number;
  readonly stacks: number;
  readonly linear: number;
  /** Constant data in linear memory; what is left of `linear` is heap. */
  readonly data: number;
}

/**
 * @param dataEnd first pointer behind the module's data
 * @throws UserError with all that the program needs and its cell lacks.
 */
export function checkFits(
  linked: { readonly elf: Uint8Array; readonly bin: Uint8Array },
  plan: MemoryPlan,
  dataEnd: number,
  needs: InmateNeeds = {},
): RamUse {
  const end = symbolValue(elfSymbols(linked.elf), "__image_end");
  const data = Math.max(0, dataEnd - plan.nullPages * PAGE);
  const ram = end + Math.ceil(data / PAGE) * PAGE;
  const parts = `image ${kib(end - plan.stacks)}, stacks ${kib(plan.stacks)}, constant data ${kib(data)}`;
  checkNeeds(plan, { ...needs, image: linked.bin.length, ram }, parts);
  if (end > plan.imageEnd) {
    throw new UserError(
      `${plan.name}: code, tables and stacks take ${kib(end)}, but an image ends before ${kib(plan.imageEnd)}: write less code, or start fewer CPUs`,
      parts,
    );
  }
  return { cell: plan.ram, image: end - plan.stacks, stacks: plan.stacks, linear: plan.ram - end, data };
}

/** @throws UserError with all that the program needs and its cell lacks; `parts` says what of it is RAM. */
export function checkNeeds(
  plan: Pick<MemoryPlan, "name" | "cell">,
  needs: Omit<ImageNeeds, "name">,
  parts: string,
): void {
  const [first, ...more] = lacksOf(plan.cell, { ...needs, name: plan.name });
  if (!first) return;
  const others = more.map((lack) => `also ${wordsOf(lack)}`);
  throw new UserError(wordsOf(first), [...(first.id === "ram" ? [parts] : []), ...others].join("\n"));
}

function wordsOf({ message, remedy }: Lack): string {
  return `${message}: ${remedy}`;
}
