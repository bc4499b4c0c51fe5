import { UserError } from "../errors.ts";
import { expectedPattern } from "../run/expect.ts";
import { runJobs } from "../run/run.ts";
import type { CellJob, Target } from "../run/target.ts";
import { engineFlag, notYet, secondsFlag } from "./args.ts";
import { command } from "./command.ts";
import { stageProgress } from "./progress.ts";

export default command({
  description: `Builds each DIR or FILE.wasm, then runs it in a cell: an emulated one, or one of real Jailhouse.
The inmate's console goes to stdout, everything else to stderr. Ctrl-C asks the cell to shut down.
Exit code: 0 the inmate ended well or the time was up, 1 a cell failed or --expect did not match, 2 wrong usage.`,
  operands: "[DIR|FILE.wasm|FILE.bin...]",
  mostOperands: Number.POSITIVE_INFINITY,
  args: {
    board: { type: "string", valueHint: "BOARD", description: "the board: see jh-inmate boards" },
    cell: {
      type: "string",
      valueHint: "FILE",
      description: "the cell's file (default: cell.ts, else the board's stock cell)",
    },
    on: {
      type: "string",
      valueHint: "TARGET",
      description: "cellbox: emulated by QEMU (the default); exec:CMD: calls CMD JOBDIR SECONDS",
    },
    args: { type: "string", valueHint: '"STR"', description: "the inmate's command line, for example con-type=PL011" },
    seconds: {
      type: "string",
      valueHint: "N",
      description: "stop after N seconds on the inmate's clock (exec: 10 if not given)",
    },
    expect: {
      type: "string",
      valueHint: "RE",
      description: "succeed as soon as a console line matches, fail if none does",
    },
    "shutdown-after": { type: "string", valueHint: "N", description: "ask the cell to shut down after N seconds" },
    icount: { type: "boolean", description: "count instructions instead of time: every run prints the same" },
    json: { type: "boolean", description: "print one JSON object at the end instead of the console" },
    engine: { type: "string", valueHint: "ENGINE", description: "aot: compiled to machine code (the default)" },
    gdb: { type: "boolean", description: "not available in this version" },
  },
  run: async ({ _: operands, board, cell, on = "cellbox", args, engine, gdb, icount, json, ...flags }) => {
    if (gdb) notYet("--gdb");
    engineFlag(engine);
    const seconds = secondsFlag("seconds", flags.seconds);
    const shutdownAfter = secondsFlag("shutdown-after", flags["shutdown-after"]);
    const expect = flags.expect === undefined ? undefined : expectedPattern(flags.expect);
    const target = await targetFlag(on);
    const sources = operands.length === 0 ? ["."] : operands;
    if (cell !== undefined && sources.length > 1) {
      throw new UserError("--cell is for one inmate: with several, give each its own cell.ts or NAME.cell");
    }
    const jobs = await makeJobs(sources, { board, cell, args });
    return runJobs(target, jobs, { seconds, shutdownAfter, expect, icount, json });
  },
});

async function targetFlag(on: string): Promise<Target> {
  if (on === "cellbox") return (await import("../run/cellbox.ts")).cellbox;
  if (on.startsWith("exec:") && on.length > "exec:".length) {
    const { execTarget } = await import("../run/exec.ts");
    return execTarget(on.slice("exec:".length));
  }
  if (on === "sim" || on.startsWith("ssh:")) notYet(`--on ${on}`);
  throw new UserError(`--on ${on} is unknown: give cellbox, or exec:CMD with a command that takes JOBDIR and SECONDS`);
}

/** One after the other: builds share a cache and two cores. */
async function makeJobs(
  sources: readonly string[],
  common: { board?: string; cell?: string; args?: string },
): Promise<CellJob[]> {
  const { makeJob } = await import("../run/jobs.ts");
  const progress = stageProgress();
  const jobs: CellJob[] = [];
  try {
    for (const source of sources) jobs.push(await makeJob({ source, ...common, onStage: progress.stage }));
  } finally {
    progress.end();
  }
  return jobs;
}
