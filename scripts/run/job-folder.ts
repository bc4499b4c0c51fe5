import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { CellJob, RunOptions } from "./target.ts";

/**
 * Writes the job folder that a command of `--on exec:CMD` takes to real Jailhouse: the program and NAME.cell of every
 * cell, and run.sh, which creates, loads and starts the cells from the same files under /job.
 */
export async function writeJobFolder(dir: string, jobs: readonly CellJob[], options: RunOptions): Promise<void> {
  checkNames(jobs);
  await mkdir(dir, { recursive: true });
  for (const job of jobs) {
    await writeFile(join(dir, `${job.name}.cell`), job.cellFile);
    for (const { file, bytes } of programFiles(job)) await writeFile(join(dir, file), bytes);
  }
  await writeFile(join(dir, "run.sh"), runScript(jobs, options), { mode: 0o755 });
}

/** @throws UserError if two inmates would have the same files. */
export function checkNames(jobs: readonly CellJob[]): void {
  const names = jobs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`two inmates are called ${twice}: rename one of the folders`);
}

/** The lines of run.sh: every cell is created before the first one starts, since a started one may lock the others out. */
export function runScript(jobs: readonly CellJob[], { shutdownAfter }: RunOptions = {}): string {
  const all = jobs.map((job) => cellCommands(job, "/job"));
  const lines = (command: keyof CellCommands) => all.map((commands) => commands[command]);
  const shutdown = shutdownAfter === undefined ? [] : [`sleep ${shutdownAfter}`, ...lines("shutdown")];
  return `${["#!/bin/sh -e", ...lines("create"), ...lines("load"), ...lines("start"), ...shutdown].join("\n")}\n`;
}

/** What is said to the `jailhouse` tool about one cell, quoted for a shell. */
export interface CellCommands {
  create: string;
  load: string;
  start: string;
  shutdown: string;
  destroy: string;
}

/** @param folder where the program's files and NAME.cell lie on the target. */
export function cellCommands(job: CellJob, folder: string): CellCommands {
  const name = cellName(job);
  return {
    create: `jailhouse cell create ${quote(`${folder}/${job.name}.cell`)}`,
    load: `jailhouse cell load ${name} ${loadItems(job, folder)}`,
    start: `jailhouse cell start ${name}`,
    shutdown: `jailhouse cell shutdown ${name}`,
    destroy: `jailhouse cell destroy ${name}`,
  };
}

/** `FILE [-a ADDRESS]` for each file of the program, then `-s "STRING" -a ADDRESS` for the command line. */
function loadItems(job: CellJob, folder: string): string {
  const files = programFiles(job);
  return job.images
    .map((image, i) => {
      const file = files[i]?.file;
      const item = file === undefined ? `-s ${quote(textOf(image.bytes))}` : quote(`${folder}/${file}`);
      return image.address === 0n ? item : `${item} -a 0x${image.address.toString(16)}`;
    })
    .join(" ");
}

/** The images that are files come first; the first of them is NAME.bin unless it has another name. */
export function programFiles({ name, images }: CellJob): { file: string; bytes: Uint8Array }[] {
  if (images.length === 0) throw new Error(`the job ${name} has no program`);
  return images.flatMap(({ file = `${name}.bin`, bytes }, i) =>
    i === 0 || images[i]?.file !== undefined ? [{ file, bytes }] : [],
  );
}

/** A loaded string without its NUL, which `jailhouse cell load -s` puts back. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, -1)).toString("utf8");
}

/** `jailhouse` takes a name that is a number for a cell's id, unless told that it is a name. */
function cellName({ cell }: CellJob): string {
  return /^\d/.test(cell.name) ? `--name ${quote(cell.name)}` : quote(cell.name);
}

export function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
