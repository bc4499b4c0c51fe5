import { UserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import type { CheckReport } from "../pipeline/check-stages.ts";
import { expectedPattern } from "../run/expect.ts";
import { type RunRequest, runJobs } from "../run/run.ts";
import type { Wishes } from "../run/ssh-script.ts";
import type { CellJob, Target } from "../run/target.ts";
import { CPU_FLAG, cpuFlag, engineFlag, portFlag, secondsFlag } from "./args.ts";
import { command } from "./command.ts";
import { stageProgress } from "./progress.ts";
import { reportChecks } from "./report.ts";

export default command({
  description: `Builds each DIR, FILE.wasm or FILE.wat, then runs it in a cell: an emulated one, or one of real Jailhouse.
The inmate's console goes to stdout, everything else to stderr. Ctrl-C asks the cell to shut down.
Exit code: 0 the inmate ended well or the time was up, 1 a cell failed or --expect did not match, 2 wrong usage.`,
  operands: "[DIR|FILE.wasm|FILE.wat|FILE.bin...]",
  mostOperands: Number.POSITIVE_INFINITY,
  args: {
    board: { type: "string", valueHint: "BOARD", description: "the board: see jh-inmate boards" },
    cell: {
      type: "string",
      valueHint: "CELL",
      description: "a .cell or .ts file, or a board's cell by name (default: cell.ts, else the board's stock cell)",
    },
    on: {
      type: "string",
      valueHint: "TARGET",
      description:
        "cellbox: emulated by QEMU (the default); sim: simulated, in virtual time, which keeps pace with the clock unless --seconds limits it; ssh:[USER@]HOST[:PORT]: Jailhouse there; exec:CMD: calls CMD JOBDIR SECONDS",
    },
    replace: { type: "boolean", description: "ssh: shut down and destroy a cell of the same name first" },
    detach: { type: "boolean", description: "ssh: leave the cell running, and say how to watch and stop it" },
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
    "shutdown-after": {
      type: "string",
      valueHint: "N",
      description: "ask the cell to shut down after N seconds, and again as long as it refuses",
    },
    entry: {
      type: "string",
      valueHint: "STATE",
      description:
        "mainline, or rt: as under Jailhouse's real-time fork, FP and SIMD off at the start, with hypercalls 10 to 12 (default: as the .cell file's format)",
    },
    cpu: CPU_FLAG,
    icount: { type: "boolean", description: "count instructions instead of time: every run prints the same" },
    json: { type: "boolean", description: "print one JSON object at the end instead of the console" },
    engine: {
      type: "string",
      valueHint: "ENGINE",
      description: "aot: compiled to machine code (the default); wasm3: interpreted",
    },
    gdb: {
      type: "string",
      valueHint: "[=PORT]",
      description: "wait for gdb and let it decide when the cell runs (see docs/debugging.md)",
    },
    debug: { type: "boolean", description: "optimise less, for single-stepping" },
  },
  run: async ({
    _: operands,
    board,
    cell,
    on = "cellbox",
    args,
    debug,
    engine,
    entry,
    cpu,
    icount,
    json,
    replace,
    detach,
    ...flags
  }) => {
    const chosen = engineFlag(engine);
    const seconds = secondsFlag("seconds", flags.seconds);
    const shutdownAfter = secondsFlag("shutdown-after", flags["shutdown-after"]);
    const port = portFlag("gdb", flags.gdb);
    const expect = flags.expect === undefined ? undefined : expectedPattern(flags.expect);
    const wishes = { replace: replace ?? false, detach: detach ?? false };
    checkWishes(wishes, on, { seconds, "shutdown-after": shutdownAfter, expect });
    const target = await targetFlag(on, wishes);
    const sources = operands.length === 0 ? ["."] : operands;
    if (cell !== undefined && sources.length > 1) {
      throw new UserError("--cell is for one inmate: with several, give each its own cell.ts or NAME.cell");
    }
    if (port !== undefined && sources.length > 1) {
      throw new UserError("--gdb is for one inmate: programs of several cells have the same addresses");
    }
    if (on === "sim") refuseForSim({ gdb: port, entry });
    const jobs =
      on === "sim"
        ? await makeSimJobs(sources, { board, cell, args })
        : await makeJobs(sources, { board, cell, args, debug, engine: chosen });
    const request = { seconds, shutdownAfter, expect, entry: entryFlag(entry), ...cpuFlag(cpu), icount, json };
    return port === undefined ? runJobs(target, jobs, request) : debugJobs(target, jobs, request, port);
  },
});

function entryFlag(entry: string | undefined): "mainline" | "rt" | undefined {
  if (entry === undefined || entry === "mainline" || entry === "rt") return entry;
  throw new UserError(`--entry ${entry} is unknown: give mainline or rt`);
}

/** A cell that is left alone is neither watched nor stopped. */
function checkWishes({ replace, detach }: Wishes, on: string, watched: Readonly<Record<string, unknown>>): void {
  const flag = detach ? "--detach" : replace && "--replace";
  if (flag && !on.startsWith("ssh:")) throw new UserError(`${flag} is for real Jailhouse: use it with --on ssh:HOST`);
  const other = detach && Object.keys(watched).find((name) => watched[name] !== undefined);
  if (other) throw new UserError(`--detach leaves the cell alone, --${other} watches it: give one of them`);
}

async function targetFlag(on: string, wishes: Wishes): Promise<Target> {
  if (on === "cellbox") return (await import("../run/cellbox.ts")).cellbox;
  if (on.startsWith("exec:") && on.length > "exec:".length) {
    const { execTarget } = await import("../run/exec.ts");
    return execTarget(on.slice("exec:".length));
  }
  if (on.startsWith("ssh:")) {
    const { parseDestination, sshTarget } = await import("../run/ssh.ts");
    return sshTarget(parseDestination(on.slice("ssh:".length)), wishes, stageProgress());
  }
  if (on === "sim") return (await import("../run/sim.ts")).simTarget;
  throw new UserError(
    `--on ${on} is unknown: give cellbox, sim, ssh:[USER@]HOST, or exec:CMD with a command that takes JOBDIR and SECONDS`,
  );
}

/** The simulator has no machine code for a debugger, and no registers for the state at the start. */
function refuseForSim(flags: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(flags))
    if (value !== undefined)
      throw new UserError(`--${name} does not work with --on sim: leave it out, or run on cellbox`);
}

/** Tells on stderr how to connect, then waits for gdb without a limit. */
async function debugJobs(target: Target, jobs: CellJob[], request: RunRequest, port: number): Promise<number> {
  const { listenForGdb } = await import("../run/gdb-server.ts");
  const { connectLine, writeGdbScript } = await import("../run/gdb-script.ts");
  // Not before the machine is there: gdb waits two seconds for an answer, no more.
  const gdb = await listenForGdb(port, (address) => {
    for (const job of jobs) process.stderr.write(connectLine(writeGdbScript(job, address), address));
  });
  try {
    return await runJobs(target, jobs, { ...request, gdb });
  } finally {
    gdb.close();
  }
}

interface Common {
  board?: string;
  cell?: string;
  args?: string;
  debug?: boolean;
  engine?: Engine | undefined;
}

async function makeJobs(sources: readonly string[], common: Common): Promise<CellJob[]> {
  const { makeJob } = await import("../run/jobs.ts");
  return each(sources, (source, { onStage, onChecks }) =>
    makeJob({ source, ...common, onStage, onBuilt: ({ report }) => onChecks(report.checks) }),
  );
}

async function makeSimJobs(sources: readonly string[], common: Common): Promise<CellJob[]> {
  const { makeSimJob } = await import("../run/sim-jobs.ts");
  return each(sources, (source, { onStage, onChecks }) =>
    makeSimJob({ source, ...common, onStage, onBuilt: onChecks }),
  );
}

interface Listeners {
  onStage(name: string): void;
  onChecks(checks: CheckReport): void;
}

/** One after the other: builds share a cache and two cores. */
async function each(
  sources: readonly string[],
  make: (source: string, listeners: Listeners) => Promise<CellJob>,
): Promise<CellJob[]> {
  const progress = stageProgress();
  const jobs: CellJob[] = [];
  const onChecks = (checks: CheckReport) => {
    progress.end();
    reportChecks(checks);
  };
  try {
    for (const source of sources) jobs.push(await make(source, { onStage: progress.stage, onChecks }));
  } finally {
    progress.end();
  }
  return jobs;
}
