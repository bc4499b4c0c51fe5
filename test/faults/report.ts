/** Runs the fixtures of test/fixtures/faults in cellbox and gives what a user sees. */
import { resolve } from "node:path";
import type { Engine } from "../../scripts/pipeline/build.ts";
import { packageRoot } from "../../scripts/root.ts";
import { type CellboxRun, startCellbox } from "../../scripts/run/cellbox.ts";
import type { CellboxOptions } from "../../scripts/run/cellbox-job.ts";
import { jobSymbolizer } from "../../scripts/run/job-symbolizer.ts";
import { makeJob } from "../../scripts/run/jobs.ts";
import { SymbolFilter, type Symbolize } from "../../scripts/run/symbols.ts";
import type { CellJob } from "../../scripts/run/target.ts";

export interface Seen {
  readonly console: string;
  readonly state: string | undefined;
  /** Lines for stderr, without the one about QEMU's clock. */
  readonly notes: readonly string[];
}
export interface Plan extends CellboxOptions {
  readonly args?: string;
  readonly board?: string;
  /** A cell of the board, if not the fixture's. */
  readonly cell?: string;
  readonly engine?: Engine;
  readonly change?: (job: CellJob) => CellJob;
  /** Told what the console has printed so far. */
  readonly onText?: (run: CellboxRun, text: string) => void;
}

/** @param fixture its name, or the path of a folder. */
export async function report(fixture: string, plan: Plan = {}): Promise<Seen> {
  const source = resolve(packageRoot, "test/fixtures/faults", fixture);
  const { args, board = "qemu-arm64", cell, engine, change = (job: CellJob) => job, onText, ...options } = plan;
  const job = change(await makeJob({ source, board, cell, engine, ...(args === undefined ? {} : { args }) }));
  const run = await startCellbox([job], { seconds: 2, ...options });
  const filter = new SymbolFilter(jobSymbolizer(job) as Symbolize);
  const out: Buffer[] = [];
  run.onOutput((_, bytes) => {
    out.push(filter.push(bytes));
    onText?.(run, Buffer.concat(out).toString());
  });
  const { states, notes } = await run.done;
  const text = Buffer.concat([...out, filter.end()])
    .toString()
    .replaceAll("\r", "");
  return { console: text, state: states[0], notes: notes.filter((note) => !note.startsWith("first console line")) };
}
