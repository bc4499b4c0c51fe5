import { statSync } from "node:fs";
import { relative } from "node:path";
import type { BuildResult } from "../pipeline/build.ts";
import { engineFlag } from "./args.ts";
import { command } from "./command.ts";
import { stageProgress } from "./progress.ts";
import { reportChecks } from "./report.ts";

export default command({
  description: "Builds the inmate in DIR (default: .), or the Wasm module of another compiler, for a board's cell.",
  operands: "[DIR|FILE.wasm|FILE.wat]",
  mostOperands: 1,
  args: {
    board: { type: "string", valueHint: "BOARD", description: "the board: see jh-inmate boards" },
    cell: {
      type: "string",
      valueHint: "CELL",
      description: "a .cell or .ts file, or a board's cell by name (default: cell.ts, else the board's stock cell)",
    },
    engine: {
      type: "string",
      valueHint: "ENGINE",
      description: "aot: compiled to machine code (the default); wasm3: interpreted",
    },
    debug: { type: "boolean", description: "optimise less, for single-stepping" },
    out: { type: "string", valueHint: "DIR", description: "where BOARD/NAME.* go (default: DIR/dist)" },
  },
  run: async ({ _: [source = "."], board, cell, engine, debug, out }) => {
    const { build } = await import("../pipeline/build.ts");
    const progress = stageProgress();
    const result = await build({
      source,
      board,
      cell,
      debug,
      out,
      engine: engineFlag(engine),
      onStage: progress.stage,
    }).finally(progress.end);
    reportChecks(result.report.checks);
    process.stdout.write(summary(result));
    return 0;
  },
});

/** What was made: one line a file with its size, then what the cell has left. */
function summary({ board, cell, files, loads, report: { ram } }: BuildResult): string {
  const made = [files.bin, files.elf, files.module, files.wasm, files.cell, files.json].filter(
    (file) => file !== undefined,
  );
  const rows = made.map((file) => [statSync(file).size.toLocaleString("en"), relative(".", file)] as const);
  const width = Math.max(...rows.map(([size]) => size.length));
  const lines = rows.map(([size, file]) => `${size.padStart(width)} bytes  ${file}\n`);
  const [used, all] = [ram.cell - ram.linear + ram.data, ram.cell].map((bytes) => `${(bytes / 1024).toFixed(1)} KiB`);
  const [, module] = loads;
  const where = module ? `load ${module.file} at 0x${module.address.toString(16)}\n` : "";
  return `${lines.join("")}${where}uses ${used} of the ${all} of RAM of cell ${cell.name} on ${board.name}\n`;
}
