/** What is kept of a disagreement: files to look at, in the folder of caches. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { packageRoot } from "../../scripts/root.ts";
import { type Disagreement, wordsOf } from "./compare.ts";

const FOLDER = join(packageRoot, "node_modules", ".cache", "fuzz");

/** Gives the path of the module; its source, if it has one, and the words lie beside it. */
export async function keepFound(found: Disagreement): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = (extension: string) => join(FOLDER, `${found.subject.name.replaceAll(" ", "-")}.${extension}`);
  await writeFile(path("wasm"), found.subject.wasm);
  await writeFile(path("txt"), `${wordsOf(found)}\n`);
  if (found.subject.source !== undefined) await writeFile(path("ts"), found.subject.source);
  return relative(".", path("wasm"));
}
