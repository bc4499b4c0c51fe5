/** All scenarios with all working sets. */
import { formatSize } from "../../../boards/define/sizes.ts";
import type { MemoryOptions } from "../../sim/index.ts";
import { buildPrograms, type Result, runScenario } from "./run.ts";
import { MOST_BOMBS, scenariosFor } from "./scenarios.ts";

export interface ContentionSettings {
  /** Working sets of the victim, bytes. */
  readonly sizes: readonly number[];
  readonly loads: number;
  /** MemGuard's, L2 refills a millisecond. */
  readonly budgets: readonly number[];
  readonly memory?: MemoryOptions;
}

export async function measureContention(
  { sizes, budgets, ...settings }: ContentionSettings,
  onStage: (name: string) => void,
): Promise<Result[]> {
  const programs = await buildPrograms(MOST_BOMBS, onStage);
  const results: Result[] = [];
  for (const size of sizes) {
    let alone: number | undefined;
    for (const scenario of scenariosFor(budgets)) {
      onStage(`${formatSize(BigInt(size))}: ${scenario.label}`);
      // A line on the terminal is to be seen before the simulator has the thread for some seconds.
      await new Promise((resolve) => setImmediate(resolve));
      const result = runScenario(programs, scenario, { ...settings, size });
      alone ??= result.loadNs;
      results.push({ ...result, slowdown: result.loadNs / alone });
    }
  }
  return results;
}
