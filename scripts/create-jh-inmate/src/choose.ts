/** What the project shall be: what the command line says, else what is asked, else the defaults. */
import { UserError } from "../../errors.ts";
import type { Args, Existing } from "./args.ts";
import * as ask from "./ask.ts";
import type { BoardRow, Engine } from "./board-row.ts";
import { boardProblem, boardsFor, type Problem, templateProblem, templatesFor } from "./boards.ts";
import { isFree } from "./folder.ts";
import { defaultName, isPackageName, nameOfFolder, toPackageName } from "./names.ts";
import type { TemplateName } from "./templates.ts";

export interface Choice {
  readonly dir: string;
  /** Undefined: the folder is empty or not there. */
  readonly existing: Existing | undefined;
  readonly packageName: string;
  readonly template: TemplateName;
  readonly board: BoardRow;
  readonly engine: Engine;
}

/**
 * @throws UserError for what cannot be, unless it can be asked
 * @throws Cancelled when the user does not go on
 */
export async function choose(args: Args, asks: boolean): Promise<Choice> {
  const engine = engineFor(args);
  const dir = args.dir || (asks ? await ask.askDir() : defaultName);
  const existing = isFree(dir) ? undefined : await whatToDo(dir, args, asks);
  const packageName = await packageNameFor(dir, args, asks);
  const template = await templateFor(args, asks);
  const board = await boardFor(template, args, asks);
  return { dir, existing, packageName, template, board, engine };
}

function engineFor({ engine = "aot" }: Args): Engine {
  if (engine === "aot" || engine === "wasm3") return engine;
  throw new UserError(`--engine ${engine} is unknown: give aot or wasm3`);
}

async function whatToDo(dir: string, { existing }: Args, asks: boolean): Promise<Existing> {
  if (existing) return existing;
  if (asks) return ask.askExisting(dir);
  throw new UserError(
    `${dir} is not empty: give another name, --overwrite to remove what is in it, or --ignore to keep it`,
  );
}

async function packageNameFor(dir: string, { name }: Args, asks: boolean): Promise<string> {
  const wanted = name ?? nameOfFolder(dir);
  if (isPackageName(wanted)) return wanted;
  const near = toPackageName(wanted);
  if (asks) return ask.askPackageName(near);
  if (name === undefined) return near;
  throw new UserError(`--name ${name} is no name for an npm package: --name ${near} is`);
}

async function templateFor({ template, board }: Args, asks: boolean): Promise<TemplateName> {
  const problem = template === undefined ? undefined : templateProblem(template);
  if (problem) refuse(problem, asks);
  else if (template !== undefined) return template as TemplateName;
  return asks ? ask.askTemplate(board) : (templatesFor(board)[0] as TemplateName);
}

async function boardFor(template: TemplateName, { board }: Args, asks: boolean): Promise<BoardRow> {
  const rows = boardsFor(template);
  const find = (wanted: string) => rows.find(({ name }) => name === wanted) as BoardRow;
  const problem = board === undefined ? undefined : boardProblem(board, template);
  if (problem) refuse(problem, asks);
  else if (board !== undefined) return find(board);
  return asks ? find(await ask.askBoard(template)) : (rows[0] as BoardRow);
}

/** On a terminal a wrong answer is only told, and the question asked, which shows what there is. */
function refuse({ what, choice }: Problem, asks: boolean): void {
  if (!asks) throw new UserError(choice === undefined ? what : `${what}: ${choice}`);
  ask.tell(what);
}
