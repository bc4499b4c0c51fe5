/** An error with the TypeScript that it is about: file, line, carets. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Style } from "../../boards/describe/index.ts";
import type { UserError } from "../errors.ts";

const PLACE = /^(\S+?):(\d+):(\d+): /;
/** Lines above the one that is meant. */
const ABOVE = 2;
/** The first error's line as asc's errors have it in their detail: ours shows more. */
const SHOWN = /^ {2}\d+ \| .*\n {2}[ ]*(\^+)\n?/;

/** `dir`: where the places in messages begin. */
export function withFrame({ message, detail = "" }: UserError, dir: string, style: Style): string {
  const place = PLACE.exec(message);
  const [, path = "", line = "", column = ""] = place ?? [];
  const carets = SHOWN.exec(detail)?.[1]?.length;
  const frame = place && codeFrame(textOf(join(dir, path)), Number(line), Number(column), carets, style);
  const rest = frame ? detail.replace(SHOWN, "") : detail;
  const where = place ? style.heading(`${path}:${line}:${column}`) : "";
  const words = place ? `: ${message.slice(place[0].length)}` : message;
  return [`${style.removed("error:")} ${where}${words}`, frame, rest.trimEnd()].filter(Boolean).join("\n");
}

/** Undefined if there is no such line. */
function codeFrame(
  text: string,
  line: number,
  column: number,
  carets: number | undefined,
  style: Style,
): string | undefined {
  const lines = text.split("\n");
  const meant = lines[line - 1];
  if (meant === undefined || text === "") return undefined;
  // Without a length of the compiler's: the word that begins there.
  const width = carets ?? Math.max(1, /^\w*/.exec(meant.slice(column - 1))?.[0].length ?? 1);
  const digits = String(line).length;
  const shown = lines.slice(Math.max(0, line - 1 - ABOVE), line).map((source, i, all) => {
    const number = String(line - all.length + 1 + i).padStart(digits);
    return `  ${style.faint(`${number} | `)}${source}`;
  });
  // Tabs stay tabs, so that the carets stand below what they mean.
  const indent = meant.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [...shown, `  ${" ".repeat(digits + 3)}${indent}${style.removed("^".repeat(width))}`].join("\n");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
