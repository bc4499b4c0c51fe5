import type { Running } from "../../boards/describe/index.ts";
import { type Arch, type Board, encodeCell } from "../../boards/index.ts";
import { isUserError } from "../errors.ts";

/** Architectures that `build` has images for. */
const BUILT: readonly Arch[] = ["arm64", "x86"];

/** Whether `run` without --on works for a board, with all that its cells have: cellbox is asked, so that this cannot be wrong. */
export async function running(board: Board): Promise<Running> {
  const refused = await refusal(board);
  const onBoard = `on the board: jh-inmate run DIR --board ${board.name} --on ssh:root@HOST`;
  const here = refused ?? `emulated here: jh-inmate run DIR --board ${board.name}`;
  const built = BUILT.includes(board.arch);
  return {
    emulated: refused === undefined,
    how: built ? `${here}; ${onBoard}` : `${here}; programs for ${board.arch} cannot be built in this version`,
  };
}

/** Why cellbox does not take the board's stock cell as it is on the board; undefined if it does. */
async function refusal(board: Board): Promise<string | undefined> {
  const cell = board.inmateCell === undefined ? undefined : board.cells[board.inmateCell];
  if (!board.qemu && cell && (await isPlayed(board)))
    return `emulated here but for its devices other than the UART: jh-inmate run DIR --board ${board.name}`;
  if (!board.qemu || !cell) return "not emulated here";
  const { machineFor } = await import("../run/cellbox-machine.ts");
  try {
    machineFor([{ name: cell.name, board, cell, cellFile: encodeCell(cell), images: [] }]);
    return undefined;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return "not emulated here, though QEMU has the board";
  }
}

/** cellbox puts its memory elsewhere, and plays its cells' UART. */
async function isPlayed(board: Board): Promise<boolean> {
  const { uartOf } = await import("../run/cellbox-placement.ts");
  return board.arch === "arm64" && uartOf(board) !== undefined;
}
