/** The files of an experiment: CSV, JSON of what made the run, and the page with the chart. */
import { writeFile } from "node:fs/promises";
import { messageOf, UserError } from "../../errors.ts";
import type { MemoryParameters } from "../../sim/index.ts";
import { BARS_SCRIPT } from "../bars-page.ts";
import { pageOf } from "../page.ts";
import { recordOf } from "../record.ts";
import type { ContentionSettings } from "./experiment.ts";
import { barsOf, csvOf } from "./report.ts";
import { BOARD, type Result } from "./run.ts";

export interface Circumstances {
  readonly settings: ContentionSettings;
  readonly parameters: MemoryParameters;
  /** What the header of each output says. */
  readonly model: readonly string[];
  /** When it began, ISO 8601. */
  readonly date: string;
  readonly version: string;
}

/** Gives their names. */
export async function writeContention(file: string, results: readonly Result[], its: Circumstances): Promise<string[]> {
  const { settings, parameters, model, date, version } = its;
  const record = {
    experiment: "contention",
    date,
    source: { kind: "model", name: parameters.name, says: model },
    board: BOARD,
    victim: { program: "demos/latency", cpu: 0 },
    bombs: { program: "demos/mem-bomb", does: "reads and writes", cells: `${BOARD}-bomb0 to 2, with colours -col` },
    parameters: { sizes: settings.sizes, loads: settings.loads, budgets: settings.budgets, periodMicroseconds: 1000 },
    memory: parameters,
    results,
    writtenBy: { jhInmate: version, node: process.version },
  };
  const page = await pageOf(barsOf(results, model), BARS_SCRIPT);
  const files: [string, string][] = [
    [file, csvOf(results, model)],
    [recordOf(file), `${JSON.stringify(record, null, 2)}\n`],
    [file.replace(/\.csv$/, ".html"), page],
  ];
  for (const [name, text] of files)
    await writeFile(name, text).catch((error) => {
      throw new UserError(`cannot write ${name}: ${messageOf(error)}: give another -o`);
    });
  return files.map(([name]) => name);
}
