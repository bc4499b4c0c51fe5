/** The questions, on a terminal. Each says the flag that answers it. */
import { styleText } from "node:util";
import { autocomplete, isCancel, log, select, text } from "@clack/prompts";
import type { Existing } from "./args.ts";
import { boardsFor, templatesFor } from "./boards.ts";
import { defaultName, isPackageName } from "./names.ts";
import { type TemplateName, templates } from "./templates.ts";

/** Columns beside names and titles: what is drawn to the left, and blanks. */
const FRAME = 8;

/** The user has pressed Ctrl-C or Escape, or chosen to cancel. */
export class Cancelled extends Error {}

export async function askDir(): Promise<string> {
  const answer = await text({
    message: question("Name of the project and its folder", "npm create jh-inmate NAME"),
    placeholder: defaultName,
    defaultValue: defaultName,
  });
  return given(answer).trim() || defaultName;
}

export async function askExisting(dir: string): Promise<Existing> {
  const what = dir === "." ? "This folder" : `The folder ${dir}`;
  const answer = await select<Existing | "cancel">({
    message: question(`${what} is not empty`, "--overwrite, --ignore"),
    options: [
      { value: "cancel", label: "Cancel" },
      { value: "overwrite", label: "Remove what is in it" },
      { value: "ignore", label: "Keep what is in it, and add what is not there" },
    ],
  });
  const choice = given(answer);
  if (choice === "cancel") throw new Cancelled();
  return choice;
}

export async function askPackageName(near: string): Promise<string> {
  const answer = await text({
    message: question("Name in package.json", "--name"),
    placeholder: near,
    defaultValue: near,
    validate: (name) =>
      name && !isPackageName(name) ? "npm wants small letters, digits, - . _ and no blanks" : undefined,
  });
  return given(answer) || near;
}

export async function askTemplate(board: string | undefined): Promise<TemplateName> {
  const names = templatesFor(board);
  const width = Math.max(...names.map((name) => name.length));
  const answer = await select<TemplateName>({
    message: question("What to begin with", "--template"),
    options: names.map((value) => ({ value, label: `${value.padEnd(width)}  ${templates[value].summary}` })),
  });
  return given(answer);
}

export async function askBoard(template: TemplateName): Promise<string> {
  const rows = boardsFor(template);
  const [first, ...others] = rows;
  if (first && others.length === 0) {
    log.info(`Board: ${first.name}, the only one that has what ${template} needs`);
    return first.name;
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  const room = (process.stdout.columns || 80) - width - FRAME;
  const answer = await autocomplete<string>({
    message: question("Board", "--board"),
    placeholder: "letters to look for",
    maxItems: 10,
    // Also what is cut off.
    filter: (letters, { value }) => {
      const row = rows.find(({ name }) => name === value);
      return `${value} ${row?.title}`.toLowerCase().includes(letters.toLowerCase());
    },
    options: rows.map(({ name, title, emulated }) => ({
      value: name,
      label: `${name.padEnd(width)}  ${cut(`${emulated ? "emulated: " : ""}${title}`, room)}`,
    })),
  });
  return given(answer);
}

/** A line of its own for each board. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

/** What was wrong with a flag, before its question is asked. */
export function tell(problem: string): void {
  log.warn(problem);
}

function question(message: string, flag: string): string {
  return `${message} ${styleText("dim", `(${flag})`)}`;
}

function given<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled();
  return answer as Exclude<T, symbol>;
}
