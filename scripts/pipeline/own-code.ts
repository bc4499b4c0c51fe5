/** Hashes of our own code: results of another version of it are not reused. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "./cache.ts";

const known = new Map<string, string>();

/** Of the pipeline and the checks. */
export function ownCode(): string {
  return codeHash(import.meta.url, [".", "../checks"]);
}

/** Bundled, the names of the chunks in the file carry the hashes of the others; from sources, folders beside it are read. */
export function codeHash(url: string, folders: readonly string[]): string {
  const file = fileURLToPath(url);
  const hash =
    known.get(file) ??
    (file.endsWith(".ts")
      ? hashOf(folders.flatMap((folder) => sources(join(dirname(file), folder))))
      : hashOf([readFileSync(file)]));
  known.set(file, hash);
  return hash;
}

function sources(dir: string): Uint8Array[] {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  return names.sort().map((name) => readFileSync(join(dir, name)));
}
