/** Starts inmates for a test: where the environment says, as `jh-inmate test --on` sets it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isUserError, UserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import type { JobRequest } from "../run/jobs.ts";
import type { DisturbanceOptions } from "../sim/disturbances.ts";
import type { MemoryOptions } from "../sim/memory-system/parameters.ts";
import { endAfterTest } from "./after.ts";
import type { Host, TargetName } from "./host.ts";
import { Inmate } from "./inmate.ts";
import type { SimOptions } from "./sim-host.ts";

/** What the simulator can do on purpose is an error elsewhere. */
export interface StartOptions extends DisturbanceOptions {
  /** A board's name. By default the one of `jh-inmate test --board`, else as for `jh-inmate build`. */
  board?: string;
  /** A .cell or .ts file in the project's folder, or the name of a board's cell. By default as for `jh-inmate build`. */
  cell?: string;
  /** The inmate's command line, "con-type=PL011". */
  args?: string;
  /** Figures of caches and DRAM in the simulator in place of the board's (docs/memory-model.md). */
  memory?: MemoryOptions;
  /** On cellbox. By default the one of `jh-inmate test --engine`, else as for `jh-inmate build`. */
  engine?: Engine;
}

/** A folder with the options that are only for its inmate. */
export type Source = string | URL | ({ dir: string | URL } & StartOptions);

/** Builds the project in `dir` and runs it in a cell, which is ended after the test. */
export async function startInmate(dir: string | URL, options: StartOptions = {}): Promise<Inmate> {
  return (await startInmates([dir], options))[0] as Inmate;
}

/** Several cells side by side on one board. */
export async function startInmates(sources: readonly Source[], options: StartOptions = {}): Promise<Inmate[]> {
  const requests = sources.map((source) => requestOf(source, options));
  const host = await HOSTS[targetName()](requests).catch((error) => {
    throw isUserError(error) ? withDetail(error) : error;
  });
  await endAfterTest(() => host.stop());
  return host.cells.map((_, i) => new Inmate(host, i));
}

interface Request {
  readonly job: Pick<JobRequest, "source" | "board" | "cell" | "args" | "engine">;
  /** For the simulator. */
  readonly wishes: SimOptions;
}

/** What runs the cells. Each is loaded only when it is asked for. */
const HOSTS: Readonly<Record<TargetName, (requests: readonly Request[]) => Promise<Host>>> = {
  sim: async (requests) => {
    const { makeSimJob } = await import("../run/sim-jobs.ts");
    const { SimHost } = await import("./sim-host.ts");
    return new SimHost(await inTurn(requests, async ({ job, wishes }) => [await makeSimJob(job), wishes] as const));
  },
  cellbox: async (requests) => {
    const { makeJob } = await import("../run/jobs.ts");
    const { cellboxHost } = await import("./cellbox-host.ts");
    for (const [name] of requests.flatMap(({ wishes }) => Object.entries(wishes)))
      throw new UserError(`startInmate: ${name} is the simulator's: leave it out on cellbox`);
    return cellboxHost(await inTurn(requests, ({ job }) => makeJob(job)));
  },
};

function targetName(): TargetName {
  const { JH_INMATE_ON: on = "sim" } = process.env;
  if (on === "sim" || on === "cellbox") return on;
  throw new UserError(`JH_INMATE_ON=${on} is unknown: give sim or cellbox`);
}

function engineName(): Engine | undefined {
  const { JH_INMATE_ENGINE: engine } = process.env;
  if (engine === undefined || engine === "aot" || engine === "wasm3") return engine;
  throw new UserError(`JH_INMATE_ENGINE=${engine} is unknown: give aot or wasm3`);
}

/** One after the other: builds share a cache and a few cores. */
async function inTurn<T>(requests: readonly Request[], make: (request: Request) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (const request of requests) made.push(await make(request));
  return made;
}

function requestOf(source: Source, common: StartOptions): Request {
  const own = typeof source === "string" || source instanceof URL ? { dir: source } : source;
  const settings = { ...common, ...own };
  const { dir, board = process.env.JH_INMATE_BOARD, cell, args, engine = engineName(), ...wishes } = settings;
  const folder = dir instanceof URL ? fileURLToPath(dir) : dir;
  const inFolder = cell === undefined ? undefined : join(folder, cell);
  const job = {
    source: folder,
    ...(board === undefined ? {} : { board }),
    ...(cell === undefined ? {} : { cell: inFolder && existsSync(inFolder) ? inFolder : cell }),
    ...(args === undefined ? {} : { args }),
    engine,
  };
  return { job, wishes };
}

/** A test's report shows an error's message only, and where in our code it came from is no use to a user. */
function withDetail({ message, detail }: UserError): UserError {
  const error = new UserError(detail === undefined ? message : `${message}\n${detail.trimEnd()}`);
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
