/** A hash of the code of the pipeline and the checks: results of another version of it are not reused. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "./cache.ts";

let known: string | undefined;

/** Bundled, the names of the chunks in this file carry the hashes of the others; from sources, the folder is read. */
export function ownCode(): string {
  const file = fileURLToPath(import.meta.url);
  const folders = [dirname(file), join(dirname(file), "../checks")];
  known ??= file.endsWith(".ts") ? hashOf(folders.flatMap(sources)) : hashOf([readFileSync(file)]);
  return known;
}

function sources(dir: string): Uint8Array[] {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  return names.sort().map((name) => readFileSync(join(dir, name)));
}
