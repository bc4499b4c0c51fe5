/** Which board a project is for. */
import { didYouMean } from "../../../boards/nearest.ts";
import type { BoardRow } from "./board-row.ts";
import { boardTable } from "./board-table.ts";
import { needsOf, type TemplateName, templateNames } from "./templates.ts";

/** The boards that can run the template; without one, that can run any. The first is the default. */
export function boardsFor(template?: TemplateName): readonly BoardRow[] {
  return boardTable.filter(({ cells }) => (template ? cells[template] : Object.keys(cells).length > 0));
}

/** Those that the board can run; all, if it is no board for a project, which is told when the board is looked at. */
export function templatesFor(board?: string): readonly TemplateName[] {
  const row = boardsFor().find(({ name }) => name === board);
  return row ? templateNames.filter((template) => row.cells[template]) : templateNames;
}

/** What is wrong with a name, and what there is instead. */
export interface Problem {
  readonly what: string;
  readonly choice?: string;
}

/** Why a board cannot be taken; undefined if it can. */
export function boardProblem(wanted: string, template?: TemplateName): Problem | undefined {
  const row = boardTable.find(({ name }) => name === wanted);
  const names = boardsFor(template).map(({ name }) => name);
  const choice = `boards are ${names.join(", ")}`;
  if (!row) return { what: `there is no board "${wanted}"${didYouMean(wanted, names)}`, choice };
  if (row.unfit !== undefined) return { what: `board ${wanted}: ${row.unfit}` };
  if (template === undefined || row.cells[template]) return undefined;
  return { what: `template ${template} needs ${needsOf(template)}, which ${wanted} does not have`, choice };
}

export function templateProblem(wanted: string): Problem | undefined {
  if (templateNames.some((name) => name === wanted)) return undefined;
  const choice = `templates are ${templateNames.join(", ")}`;
  return { what: `there is no template "${wanted}"${didYouMean(wanted, templateNames)}`, choice };
}
