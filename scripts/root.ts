import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of the package: the nearest package.json above this file. It is the same folder for the bundle in dist/
 * and for the sources that vitest loads, so that sdk/ and runtime/ are found from both.
 */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Images of the second engine that are made when the package is packed. */
export const prebuiltFolder: string = join(packageRoot, "prebuilt");

export function hasPrebuilt(): boolean {
  return existsSync(prebuiltFolder);
}

/** The package's own version, as in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return version;
}

function findRoot(dir: string): string {
  if (existsSync(join(dir, "package.json"))) return dir;
  const parent = dirname(dir);
  if (parent === dir) throw new Error("jh-inmate is not inside a package");
  return findRoot(parent);
}
