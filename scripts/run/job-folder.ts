import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { CellJob, RunOptions } from "./target.ts";

/**
 * Writes the job folder that a command of `--on exec:CMD` takes to real Jailhouse: NAME.bin and NAME.cell of every
 * cell, and run.sh, which creates, loads and starts the cells from the same files under /job.
 */
export async function writeJobFolder(dir: string, jobs: readonly CellJob[], options: RunOptions): Promise<void> {
  const names = jobs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`two inmates are called ${twice}: rename one of the folders`);
  await mkdir(dir, { recursive: true });
  for (const job of jobs) {
    await writeFile(join(dir, `${job.name}.cell`), job.cellFile);
    await writeFile(join(dir, `${job.name}.bin`), programOf(job).bytes);
  }
  await writeFile(join(dir, "run.sh"), runScript(jobs, options), { mode: 0o755 });
}

/** The lines of run.sh: every cell is created before the first one starts, since a started one may lock the others out. */
export function runScript(jobs: readonly CellJob[], { shutdownAfter }: RunOptions = {}): string {
  const create = jobs.map(({ name }) => `jailhouse cell create ${quote(`/job/${name}.cell`)}`);
  const load = jobs.map((job) => `jailhouse cell load ${cellName(job)} ${loadItems(job)}`);
  const start = jobs.map((job) => `jailhouse cell start ${cellName(job)}`);
  const end = jobs.map((job) => `jailhouse cell shutdown ${cellName(job)}`);
  const shutdown = shutdownAfter === undefined ? [] : [`sleep ${shutdownAfter}`, ...end];
  return `${["#!/bin/sh -e", ...create, ...load, ...start, ...shutdown].join("\n")}\n`;
}

/** `FILE [-a ADDRESS]` for the program, then `-s "STRING" -a ADDRESS` for the command line. */
function loadItems(job: CellJob): string {
  const program = programOf(job);
  return job.images
    .map((image) => {
      const item = image === program ? quote(`/job/${job.name}.bin`) : `-s ${quote(textOf(image.bytes))}`;
      return image.address === 0n ? item : `${item} -a 0x${image.address.toString(16)}`;
    })
    .join(" ");
}

function programOf({ name, images: [program] }: CellJob): CellJob["images"][number] {
  if (!program) throw new Error(`the job ${name} has no program`);
  return program;
}

/** A loaded string without its NUL, which `jailhouse cell load -s` puts back. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, -1)).toString("utf8");
}

/** `jailhouse` takes a name that is a number for a cell's id, unless told that it is a name. */
function cellName({ cell }: CellJob): string {
  return /^\d/.test(cell.name) ? `--name ${quote(cell.name)}` : quote(cell.name);
}

function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
