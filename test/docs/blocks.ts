/** The code in README.md and docs/: every fenced block that names its language. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../scripts/root.ts";

export interface Block {
  /** "docs/concepts.md:43". */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(packageRoot, "docs")).map((name) => `docs/${name}`),
].filter((path) => path.endsWith(".md"));

export const textOf = (page: string) => readFileSync(join(packageRoot, page), "utf8");

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = textOf(page).split("\n");
  for (let i = 0; i < lines.length; i++) {
    const [, indent = "", language = ""] = /^( *)```(\w*)/.exec(lines[i] as string) ?? [];
    if (!/^ *```/.test(lines[i] as string)) continue;
    const end = lines.indexOf(`${indent}\`\`\``, i + 1);
    if (end < 0) throw new Error(`${page}:${i + 1}: the block has no end`);
    const text = lines.slice(i + 1, end).map((line) => line.slice(indent.length));
    if (language !== "") blocks.push({ place: `${page}:${i + 1}`, language, text: text.join("\n") });
    i = end;
  }
  return blocks;
}
