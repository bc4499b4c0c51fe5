/**
 * Exceptions that a program makes from the checks, visible in its source with a reason:
 *
 *     // jh-allow allocation: the table has room for 64, no push here ever grows it
 *
 * at the end of a line or on the line above it. What the line calls or waits for is then left out of that check.
 */
import { didYouMean } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";
import type { Position, SourceMap } from "../pipeline/wasm/markers.ts";

export const ALLOWANCES = ["allocation", "recursion", "stack", "wait"] as const;
export type Allowance = (typeof ALLOWANCES)[number];

export interface Allowed {
  readonly what: Allowance;
  /** "main.ts:12" */
  readonly where: string;
  readonly reason: string;
}

const DIRECTIVE = /^(.*?)\/\/\s*jh-allow\b(.*)$/;
const WORDS = /^\s+([\w-]+)\s*(?::\s*(.*?)\s*)?$/;

export class Allowances {
  readonly list: readonly Allowed[];
  readonly #lines = new Set<string>();

  /** @throws UserError for an unknown word or a missing reason. */
  constructor(map: SourceMap | undefined) {
    const list: Allowed[] = [];
    for (const [i, file] of (map?.sources ?? []).entries()) {
      if (isUserFile(file))
        for (const found of directives(file, map?.sourcesContent?.[i] ?? "")) list.push(this.#add(file, found));
    }
    this.list = list.sort((a, b) => (a.where < b.where ? -1 : 1));
  }

  #add(file: string, { what, reason, line, last }: Directive): Allowed {
    for (const covered of [line, last]) this.#lines.add(`${what} ${file}:${covered}`);
    return { what, where: `${file}:${line}`, reason };
  }

  has(what: Allowance, position: Pick<Position, "file" | "line"> | undefined): boolean {
    return position !== undefined && this.#lines.has(`${what} ${position.file}:${position.line}`);
  }
}

export function isUserFile(file: string): boolean {
  return !file.startsWith("~lib/") && !file.startsWith("~runtime/") && file !== "start";
}

interface Directive {
  readonly what: Allowance;
  readonly reason: string;
  readonly line: number;
  /** The line below it if nothing else stands on its own. */
  readonly last: number;
}

function directives(file: string, text: string): Directive[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((content, i): Directive[] => {
    const match = DIRECTIVE.exec(content);
    if (!match) return [];
    const where = `${file}:${i + 1}`;
    const [, what = "", reason = ""] = WORDS.exec(match[2] as string) ?? [];
    if (!ALLOWANCES.includes(what as Allowance)) {
      const wrong = what === "" ? "does not say what" : `"${what}" is unknown${didYouMean(what, ALLOWANCES)}`;
      throw new UserError(
        `${where}: jh-allow ${wrong}; write one of ${ALLOWANCES.join(", ")}, then a colon and the reason`,
      );
    }
    if (reason === "")
      throw new UserError(
        `${where}: jh-allow ${what} has no reason; write // jh-allow ${what}: and why it cannot go wrong here`,
      );
    const alone = match[1]?.trim() === "";
    return [
      { what: what as Allowance, reason, line: i + 1, last: alone ? i + 2 + linesToSkip(lines.slice(i + 1)) : i + 1 },
    ];
  });
}

/** Directives and other comments may stand one below the other. */
function linesToSkip(below: readonly string[]): number {
  const code = below.findIndex((line) => !/^\s*\/\//.test(line));
  return Math.max(0, code);
}
