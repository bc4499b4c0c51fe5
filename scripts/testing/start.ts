/** Starts inmates for a test: where the environment says, as `jh-inmate test --on` sets it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isUserError, UserError } from "../errors.ts";
import { makeJob } from "../run/jobs.ts";
import type { CellJob } from "../run/target.ts";
import { endAfterTest } from "./after.ts";
import { cellboxHost } from "./cellbox-host.ts";
import { Inmate } from "./inmate.ts";

export interface StartOptions {
  /** A board's name. By default the one of `jh-inmate test --board`, else as for `jh-inmate build`. */
  board?: string;
  /** A .cell or .ts file in the project's folder, or the name of a board's cell. By default as for `jh-inmate build`. */
  cell?: string;
  /** The inmate's command line, "con-type=PL011". */
  args?: string;
}

/** A folder with the options that are only for its inmate. */
export type Source = string | URL | ({ dir: string | URL } & StartOptions);

/** Builds the project in `dir` and runs it in a cell, which is ended after the test. */
export async function startInmate(dir: string | URL, options: StartOptions = {}): Promise<Inmate> {
  return (await startInmates([dir], options))[0] as Inmate;
}

/** Several cells side by side on one board. */
export async function startInmates(sources: readonly Source[], options: StartOptions = {}): Promise<Inmate[]> {
  const jobs: CellJob[] = [];
  for (const source of sources) jobs.push(await jobOf(source, options));
  const host = await cellboxHost(jobs);
  await endAfterTest(() => host.stop());
  return jobs.map(({ name }, i) => new Inmate(name, host, i));
}

async function jobOf(source: Source, common: StartOptions): Promise<CellJob> {
  const own = typeof source === "string" || source instanceof URL ? { dir: source } : source;
  const { dir, board = process.env.JH_INMATE_BOARD, cell, args } = { ...common, ...own };
  const folder = dir instanceof URL ? fileURLToPath(dir) : dir;
  const inFolder = cell === undefined ? undefined : join(folder, cell);
  return makeJob({
    source: folder,
    ...(board === undefined ? {} : { board }),
    ...(cell === undefined ? {} : { cell: inFolder && existsSync(inFolder) ? inFolder : cell }),
    ...(args === undefined ? {} : { args }),
  }).catch((error) => {
    throw isUserError(error) ? withDetail(error) : error;
  });
}

/** A test's report shows an error's message only, and where in our code it came from is no use to a user. */
function withDetail({ message, detail }: UserError): UserError {
  const error = new UserError(detail === undefined ? message : `${message}\n${detail.trimEnd()}`);
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
