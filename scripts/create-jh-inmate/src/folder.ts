/** The folder that the project comes into. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";

/** What `git init` leaves does not count, and stays. */
const KEPT = [".git"];

/** @throws UserError if there cannot be a folder. */
export function isFree(dir: string): boolean {
  if (!existsSync(dir)) {
    const above = firstThatExists(resolve(dir));
    if (!statSync(above).isDirectory()) throw noFolder(above);
    return true;
  }
  if (!statSync(dir).isDirectory()) throw noFolder(dir);
  return contents(dir).length === 0;
}

/** @throws UserError where nobody can mean it. */
export function empty(dir: string): void {
  const full = resolve(dir);
  if (full === homedir() || isIn(resolve("."), full)) {
    throw new UserError(`--overwrite would remove all that is in ${full}: name another folder`);
  }
  for (const entry of contents(dir)) rmSync(join(dir, entry), { recursive: true, force: true });
}

/** Writes the files that are not there yet; gives those that are. */
export function write(dir: string, files: ReadonlyMap<string, string>): string[] {
  const kept: string[] = [];
  for (const [path, text] of files) {
    const file = join(dir, path);
    if (existsSync(file)) {
      kept.push(path);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return kept;
}

function contents(dir: string): string[] {
  return readdirSync(dir).filter((entry) => !KEPT.includes(entry));
}

/** Whether `inner` lies below `outer`; a folder does not lie below itself. */
function isIn(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`);
}

function firstThatExists(path: string): string {
  return existsSync(path) ? path : firstThatExists(dirname(path));
}

function noFolder(path: string): UserError {
  return new UserError(`${relative(".", path) || path} is a file: name a folder that is not there yet`);
}
