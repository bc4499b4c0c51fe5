/** Results of stages by the content of their inputs, in the user's cache folder. Deleting it is always safe. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

function folder(): string {
  return process.env.JH_INMATE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "jh-inmate");
}
const KEEP_DAYS = 30;

export type Part = string | Uint8Array;
/** What a stage makes: named files. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** One hash for any number of parts; lengths go in, so that moving a byte from one part to the next changes it. */
export function hashOf(parts: readonly Part[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

/** As others write it, of the bytes alone. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The files of an earlier run with the same key, or those that `make` makes now. */
export async function cached(stage: string, parts: readonly Part[], make: () => Promise<Files>): Promise<Files> {
  const known = await lookUp(stage, parts);
  if (known) return known;
  const files = await make();
  await keep(stage, parts, files);
  return files;
}

/** The folder that holds the files, for programs that read them there; undefined if the cache cannot be written. */
export async function cachedFolder(
  stage: string,
  parts: readonly Part[],
  make: () => Promise<Files>,
): Promise<string | undefined> {
  await cached(stage, parts, make);
  return (await lookUp(stage, parts)) && dirOf(stage, parts);
}

export function lookUp(stage: string, parts: readonly Part[]): Promise<Files | undefined> {
  return readAll(dirOf(stage, parts));
}

export function keep(stage: string, parts: readonly Part[], files: Files): Promise<void> {
  return store(dirOf(stage, parts), files);
}

function dirOf(stage: string, parts: readonly Part[]): string {
  return join(folder(), `${stage}-${hashOf(parts).slice(0, 32)}`);
}

/** What was remembered under this key: a hint, not a result. */
export async function recall(kind: string, parts: readonly Part[]): Promise<string | undefined> {
  return readFile(join(folder(), `${kind}-${hashOf(parts).slice(0, 32)}.txt`), "utf8").catch(() => undefined);
}

export async function remember(kind: string, parts: readonly Part[], text: string): Promise<void> {
  await mkdir(folder(), { recursive: true })
    .then(() => writeFile(join(folder(), `${kind}-${hashOf(parts).slice(0, 32)}.txt`), text))
    .catch(() => {});
}

async function readAll(dir: string): Promise<Files | undefined> {
  try {
    const names = await readdir(dir);
    const entries = await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name))] as const));
    const now = new Date();
    await utimes(dir, now, now).catch(() => {});
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/** A folder appears whole or not at all; a cache that cannot be written (no home, full disk) costs time, not the build. */
async function store(dir: string, files: Files): Promise<void> {
  const fresh = `${dir}.${randomUUID()}`;
  try {
    await mkdir(fresh, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(fresh, name), bytes);
    await rename(fresh, dir);
    await prune();
  } catch {
    await rm(fresh, { recursive: true, force: true }).catch(() => {});
  }
}

/** Once a day, as looking at thousands of folders takes its time. */
async function prune(): Promise<void> {
  const stamp = join(folder(), "pruned");
  const day = 24 * 3600 * 1000;
  const last = await stat(stamp).catch(() => undefined);
  if (last && Date.now() - last.mtimeMs < day) return;
  await writeFile(stamp, "");
  const oldest = Date.now() - KEEP_DAYS * day;
  for (const name of await readdir(folder())) {
    const path = join(folder(), name);
    if ((await stat(path)).mtimeMs < oldest) await rm(path, { recursive: true, force: true });
  }
}
