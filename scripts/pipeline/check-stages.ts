/** The checks as stages of a build: before the module becomes C, and on the machine code. */
import { Allowances } from "../checks/allow.ts";
import type { Runtime } from "../checks/context.ts";
import { type Checked, check } from "../checks/index.ts";
import { checkStacks, type StackReport } from "../checks/stack-limits.ts";
import { cached } from "./cache.ts";
import { CPU_STACK, HANDLER_STACK, LARGEST_MAIN_STACK, type MemoryPlan } from "./memory-plan.ts";
import { functionName } from "./names.ts";
import { ownCode } from "./own-code.ts";
import type { Platform } from "./platform.ts";
import { stackCode } from "./stack-code.ts";
import type { OnStage, WasmFile } from "./stages.ts";

/** What NAME.json tells of the checks. */
export interface CheckReport {
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Functions of the program that run apart from its top-level code, and where they are registered. */
  readonly handlers: readonly string[];
  readonly cpus: readonly string[];
  /** Exceptions that the sources make. */
  readonly allowed: readonly string[];
}

export async function checksOf(file: WasmFile, what: string, runtime: Runtime, onStage: OnStage): Promise<Checked> {
  const key = [ownCode(), runtime, what, file.wasm, JSON.stringify(file.map ?? null)];
  return cachedJson("checks", key, async () => {
    onStage("checks");
    return check({ wasm: file.wasm, map: file.map, what, runtime });
  });
}

export async function stacksOf(
  file: WasmFile,
  checked: Checked,
  linked: { readonly elf: Uint8Array; readonly savesFloat: boolean },
  tableFunctions: readonly string[],
  plan: MemoryPlan,
  { frames, code: forms }: Platform,
  onStage: OnStage,
): Promise<StackReport> {
  const key = [ownCode(), linked.elf, JSON.stringify([checked, plan.name, plan.mainStack])];
  return cachedJson("stack", key, async () => {
    onStage("stack");
    const code = await stackCode(linked.elf, checked.indirect, tableFunctions, forms);
    const sizes = {
      main: plan.mainStack,
      handlers: HANDLER_STACK,
      cpus: CPU_STACK,
      report: plan.reportStack,
      largestMain: LARGEST_MAIN_STACK,
    };
    const interrupt = linked.savesFloat ? frames.all : frames.integers;
    return checkStacks(plan.name, code, checked.roots, new Allowances(file.map), sizes, {
      interrupt,
      fault: frames.fault,
      interrupted: frames.interrupted,
    });
  });
}

async function cachedJson<T>(stage: string, key: Parameters<typeof cached>[1], make: () => Promise<T>): Promise<T> {
  const { json } = await cached(stage, key, async () => ({ json: Buffer.from(JSON.stringify(await make())) }));
  return JSON.parse(Buffer.from(json as Uint8Array).toString()) as T;
}

export function checkReport({ warnings, notes, roots, allowed }: Checked): CheckReport {
  const own = roots.filter(({ name }) => !name.startsWith("~lib/"));
  const names = (isCpu: boolean) =>
    own
      .filter(({ kind }) => (kind === "cpu") === isCpu)
      .map(({ name, at }) => `${functionName(name)}${at ? ` (${at})` : ""}`);
  return {
    warnings: warnings.map(({ message }) => message),
    notes: notes.map(({ message }) => message),
    handlers: names(false),
    cpus: names(true),
    allowed: allowed.map(({ what, where, reason }) => `${where}: ${what}: ${reason}`),
  };
}
