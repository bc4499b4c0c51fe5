/**
 * The boards, worked out from `boards/` and from what cellbox takes. Only the build and the tests load this file: the
 * bundle has its result in its place (build.ts), so that `npm create` need not fetch the boards.
 */

import type { Board } from "../../../boards/index.ts";
import * as named from "../../../boards/named.ts";
import { running } from "../../cli/emulation.ts";
import { PLATFORMS } from "../../pipeline/platform.ts";
import type { BoardRow } from "./board-row.ts";
import { cellFor } from "./cell-rules.ts";
import { type TemplateName, templateNames } from "./templates.ts";

/** By name, those first that need no hardware. */
export const boardTable: readonly BoardRow[] = (
  await Promise.all(Object.entries(named).map(([variable, board]) => rowOf(variable, board)))
).sort((a, b) => Number(b.emulated) - Number(a.emulated) || a.name.localeCompare(b.name, "en"));

async function rowOf(variable: string, board: Board): Promise<BoardRow> {
  const { name, title, arch } = board;
  const unfit = unfitness(board);
  if (unfit !== undefined) return { name, variable, title, arch, emulated: false, unfit, cells: {} };
  const { emulated } = await running(board);
  const cells = templateNames.flatMap((template): [TemplateName, object][] => {
    const cell = cellFor[template](board);
    return cell ? [[template, cell]] : [];
  });
  return { name, variable, title, arch, emulated, cells: Object.fromEntries(cells) };
}

function unfitness({ arch, inmateCell }: Board): string | undefined {
  if (!Object.values(PLATFORMS).some(({ machine }) => machine === arch))
    return `programs for ${arch} cannot be built in this version`;
  if (inmateCell === undefined) return "it has no stock cell for inmates, which a new project's cell extends";
  return undefined;
}
