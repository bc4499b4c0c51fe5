/** The names of a project: its folder's, its package's, its program's. */
import { basename, resolve } from "node:path";

export const defaultName = "my-inmate";

/** npm's limit, and that of a cell's name. */
const MOST_OF_PACKAGE = 214;
const MOST_OF_CELL = 31;

/** What npm takes for a new package. */
export function isPackageName(name: string): boolean {
  return name.length <= MOST_OF_PACKAGE && /^(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/.test(name);
}

/** The nearest name that npm takes. */
export function toPackageName(name: string): string {
  const near = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z\d._~-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "")
    .slice(0, MOST_OF_PACKAGE);
  return near === "" ? defaultName : near;
}

export function nameOfFolder(dir: string): string {
  return basename(resolve(dir));
}

/** Of files and of the cell: the package's without its scope. `suffix` stays whole. */
export function programName(packageName: string, suffix = ""): string {
  const own = packageName.slice(packageName.indexOf("/") + 1).replace(/[^\w.-]/g, "-");
  const name = own.replace(/^[.-]+/, "") || defaultName;
  return name.slice(0, MOST_OF_CELL - suffix.length) + suffix;
}
