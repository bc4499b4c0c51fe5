import { existsSync, statSync } from "node:fs";
import { UserError } from "../errors.ts";
import { engineFlag } from "./args.ts";
import { command } from "./command.ts";
import { stderrStyle } from "./style.ts";

export default command({
  description: `Builds the inmate in DIR (default: .) and runs it; whenever one of its files is saved, builds it anew and restarts the
cell. A build that fails is explained, and the program from before runs on. On a terminal: r restarts, s sends a shutdown
request, x stops the cell or starts it, b chooses another board, h shows the keys, q quits. Ctrl-C quits everywhere.`,
  operands: "[DIR]",
  mostOperands: 1,
  args: {
    on: {
      type: "string",
      valueHint: "TARGET",
      description: "where it runs: cellbox, emulated by QEMU (the default), or sim, simulated",
    },
    board: { type: "string", valueHint: "BOARD", description: "the board: see jh-inmate boards" },
    cell: {
      type: "string",
      valueHint: "CELL",
      description: "a .cell or .ts file, or a board's cell by name (default: cell.ts, else the board's stock cell)",
    },
    args: { type: "string", valueHint: '"STR"', description: "the inmate's command line, for example con-type=PL011" },
    engine: {
      type: "string",
      valueHint: "ENGINE",
      description:
        "aot: compiled to machine code (the default); wasm3: interpreted, and a saved program is loaded without a new machine",
    },
  },
  run: async ({ _: [dir = "."], on = "cellbox", board, cell, args, engine }) => {
    const chosen = engineFlag(engine);
    if (on !== "cellbox" && on !== "sim") throw new UserError(`--on ${on} is not for dev: give cellbox or sim`);
    if (!existsSync(dir)) throw new UserError(`${dir}: there is no such folder`);
    if (!statSync(dir).isDirectory()) throw new UserError(`${dir}: dev takes a folder with a main.ts`);
    if (board !== undefined) (await import("../../boards/index.ts")).findBoard(board);
    const { DEV_TARGETS } = await import("../dev/programs.ts");
    const { DevSession } = await import("../dev/session.ts");
    const { Screen } = await import("../dev/screen.ts");
    const boards = on === "cellbox" ? emulatedBoards : simulatedBoards;
    const screen = new Screen(stderrStyle());
    await DevSession.run({ dir, board, cell, args, engine: chosen, target: DEV_TARGETS[on], on, boards, screen });
    return 0;
  },
});

async function simulatedBoards(): Promise<string[]> {
  return (await import("../dev/programs.ts")).buildableBoards();
}

async function emulatedBoards(): Promise<string[]> {
  const { boards } = await import("../../boards/index.ts");
  const { running } = await import("./emulation.ts");
  const told = await Promise.all(
    Object.values(boards).map(async (board) => [board.name, await running(board)] as const),
  );
  return told.filter(([, { emulated }]) => emulated).map(([name]) => name);
}
