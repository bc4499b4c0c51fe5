/** Which board a project is for. */
import { didYouMean } from "../../../boards/nearest.ts";
import type { BoardRow } from "./board-row.ts";
import { boardTable } from "./board-table.ts";
import { needsOf, type TemplateName, templateNames } from "./templates.ts";

/** The boards that can run the template; without one, that can run any. The first is the default. */
export function boardsFor(template?: TemplateName): readonly BoardRow[] {
  return boardTable.filter(({ cells }) => (template ? cells[template] : Object.keys(cells).length > 0));
}

export function templatesFor(board?: string): readonly TemplateName[] {
  const row = boardTable.find(({ name }) => name === board);
  return row ? templateNames.filter((template) => row.cells[template]) : templateNames;
}

/** Why a board cannot be taken; undefined if it can. */
export function boardProblem(wanted: string, template?: TemplateName): string | undefined {
  const row = boardTable.find(({ name }) => name === wanted);
  const names = boardsFor(template).map(({ name }) => name);
  if (!row) return `there is no board "${wanted}"${didYouMean(wanted, names)}: boards are ${names.join(", ")}`;
  if (row.unfit !== undefined) return `board ${wanted}: ${row.unfit}`;
  if (template === undefined || row.cells[template]) return undefined;
  return `template ${template} needs ${needsOf(template)}, which ${wanted} does not have: boards are ${names.join(", ")}`;
}

export function templateProblem(wanted: string): string | undefined {
  if (templateNames.some((name) => name === wanted)) return undefined;
  return `there is no template "${wanted}"${didYouMean(wanted, templateNames)}: templates are ${templateNames.join(", ")}`;
}
