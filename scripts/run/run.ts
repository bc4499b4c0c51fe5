import { Expectation } from "./expect.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { jobSymbolizer } from "./job-symbolizer.ts";
import { type Ending, type Output, outputFor } from "./output.ts";
import { ParkingFilter, programsOf } from "./parking.ts";
import { SymbolFilter } from "./symbols.ts";
import type { CellJob, Outcome, RunningTarget, RunOptions, Target } from "./target.ts";

export interface RunRequest extends RunOptions {
  /** Succeed as soon as a console line matches, fail when none does. */
  expect?: RegExp;
  /** Print one JSON object at the end in place of the console. */
  json?: boolean;
}

/** Runs cells until they end or their time is up; gives the exit code, 0 or 1. */
export async function runJobs(target: Target, jobs: CellJob[], request: RunRequest): Promise<number> {
  const running = await target.start(jobs, request);
  const began = performance.now();
  const output = outputFor(jobs, { json: request.json ?? false, sharedConsole: running.sharedConsole ?? false });
  const expectation = request.expect && new Expectation(request.expect, () => running.stop());
  const release = listenForInterrupts(running);
  try {
    const outcome = await pump(running, jobs, output, expectation);
    const exit = exitCode(outcome, expectation?.end());
    const ending: Ending = { outcome, exit, seconds: (performance.now() - began) / 1000 };
    if (expectation && !expectation.matched) ending.unmatched = expectation.pattern;
    output.end(ending);
    return exit;
  } finally {
    release();
  }
}

/** Carries the console from the cells through the symbol filters to the output, until the run has ended. */
async function pump(
  running: RunningTarget,
  jobs: CellJob[],
  output: Output,
  expectation?: Expectation,
): Promise<Outcome> {
  const deliver = (cell: number, bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    output.write(cell, bytes);
    expectation?.push(cell, bytes);
  };
  // On a shared console the addresses of several programs cannot be told apart: there they stay numbers.
  const named = running.sharedConsole && jobs.length > 1 ? [] : jobs;
  const filters = named.map((job) => {
    const symbolize = jobSymbolizer(job);
    return symbolize && new SymbolFilter(symbolize);
  });
  // Jailhouse says whose CPU it stops.
  const parking = running.sharedConsole ? new ParkingFilter(programsOf(jobs)) : undefined;
  running.onOutput((cell, bytes) => {
    const filter = filters[cell];
    const named = filter ? filter.push(bytes) : bytes;
    deliver(cell, parking ? parking.push(named) : named);
  });
  running.onNote?.((line) => output.note(line));
  const outcome = await running.done;
  for (const [cell, filter] of filters.entries()) if (filter) deliver(cell, filter.end());
  return outcome;
}

/** `--expect` alone decides when it is given; else every cell must have ended well or still be running, on all its CPUs. */
function exitCode({ states, parked = [] }: Outcome, matched: boolean | undefined): number {
  if (matched !== undefined) return matched ? 0 : 1;
  if (parked.some((cpus) => cpus.length > 0)) return 1;
  return states.some((state) => state === "failed" || state === "comm region revision mismatch") ? 1 : 0;
}
