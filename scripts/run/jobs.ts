import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { encodeCell, formats } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { type BuildResult, build, type Engine } from "../pipeline/build.ts";
import { chooseCell } from "../pipeline/project.ts";
import type { CellJob } from "./target.ts";

/** Where the command line lies: this far behind the entry, in a buffer of this many bytes with the NUL. */
const COMMAND_LINE = { offset: 0x1000n, size: 256 };

export interface JobRequest {
  /** A project's folder, a Wasm module, or a finished image (ours or a stock one). */
  source: string;
  board?: string;
  cell?: string;
  /** The inmate's command line, "con-type=PL011". */
  args?: string;
  /** Optimise less, for single-stepping. */
  debug?: boolean;
  engine?: Engine | undefined;
  onStage?: (name: string) => void;
  /** Told what was built, unless it is a finished image. */
  onBuilt?: (result: BuildResult) => void;
}

/** Builds what has to be built and puts together what one cell is to run. */
export async function makeJob(request: JobRequest): Promise<CellJob> {
  const job = await (extname(request.source) === ".bin" ? jobOfImage(request) : jobOfBuild(request));
  return withArgs(job, request.args);
}

/** The command line becomes one more image. */
export function withArgs(job: CellJob, args: string | undefined): CellJob {
  if (args === undefined) return job;
  const commandLine = { address: job.cell.resetAddress + COMMAND_LINE.offset, bytes: commandLineBytes(args) };
  return { ...job, images: [...job.images, commandLine] };
}

/** With the NUL. @throws UserError if an image has no room for it. */
export function commandLineBytes(args: string): Uint8Array {
  const bytes = Buffer.from(`${args}\0`);
  if (bytes.length <= COMMAND_LINE.size) return bytes;
  throw new UserError(`--args has ${bytes.length - 1} bytes: the buffer in an image holds ${COMMAND_LINE.size - 1}`);
}

async function jobOfBuild({ source, board, cell, debug, engine, onStage, onBuilt }: JobRequest): Promise<CellJob> {
  const result = await build({ source, board, cell, debug, engine, onStage });
  onBuilt?.(result);
  const cellFile = await readFile(result.files.cell);
  const load = async ({ address, file }: BuildResult["loads"][number]) => ({
    address,
    file,
    bytes: await readFile(join(result.dir, file)),
  });
  return {
    name: result.name,
    board: result.board,
    cell: result.cell,
    format: result.format,
    cellFile,
    images: await Promise.all(result.loads.map(load)),
    ...(result.module ? { module: result.module } : { elf: result.files.elf }),
  };
}

/** A finished image: its cell is `--cell`, else NAME.cell beside it, else the stock cell of the board. */
async function jobOfImage({ source, board, cell: cellOption }: JobRequest): Promise<CellJob> {
  const beside = (extension: string) => {
    const path = source.replace(/\.bin$/, extension);
    return existsSync(path) ? path : undefined;
  };
  if (!existsSync(source)) throw new UserError(`${source}: there is no such file`);
  const chosen = await chooseCell({
    what: source,
    board,
    settings: await reported(beside(".json")),
    cell: cellOption ?? beside(".cell"),
  });
  const { board: its, cell, format } = chosen;
  return {
    name: basename(source, ".bin"),
    board: its,
    cell,
    format,
    cellFile: encodeCell(cell, formats[format]),
    images: [{ address: cell.resetAddress, bytes: await readFile(source) }],
    elf: beside(".elf"),
  };
}

/** The board in the NAME.json of an image of ours. */
async function reported(file: string | undefined): Promise<{ board?: string }> {
  if (file === undefined) return {};
  const { board } = JSON.parse(await readFile(file, "utf8")) as { board?: string };
  return board === undefined ? {} : { board };
}
