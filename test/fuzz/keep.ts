/** What is kept of a disagreement: files to look at, in the folder of caches. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { packageRoot } from "../../scripts/root.ts";
import { callText, type Disagreement, wordsOf } from "./compare.ts";
import type { Reduced } from "./reduce.ts";
import type { Subject } from "./subject.ts";

const FOLDER = join(packageRoot, "node_modules", ".cache", "fuzz");

const pathOf = (subject: Subject, extension: string) =>
  join(FOLDER, `${subject.name.replaceAll(" ", "-")}.${extension}`);

/** Gives the path of the module; its source, if it has one, and the words about all engines that disagree lie beside it. */
export async function keepFound(subject: Subject, found: readonly Disagreement[]): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = pathOf(subject, "wasm");
  await writeFile(path, subject.wasm);
  await writeFile(pathOf(subject, "txt"), found.map((one) => `${wordsOf(one)}\n`).join(""));
  if (subject.source !== undefined) await writeFile(pathOf(subject, "ts"), subject.source);
  return relative(".", path);
}

/** The reduced module in the text format, and above it the calls about which the engines still disagree. Gives its path. */
export async function keepReduced({ subject, text }: Reduced): Promise<string> {
  const path = pathOf(subject, "wat");
  const calls = subject.calls.map((call) => `;; ${callText(subject, call)}\n`);
  await writeFile(path, `${calls.join("")}${text}\n`);
  return relative(".", path);
}
