/** What one simulated cell is to run. */
import { encodeCell, formats } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { type CheckReport, checkReport } from "../pipeline/check-stages.ts";
import { type Built, buildProgram } from "../sim/build-node.ts";
import type { Program } from "../sim/module/prepare.ts";
import { commandLineBytes } from "./jobs.ts";
import type { CellJob } from "./target.ts";

export interface SimJob extends CellJob {
  readonly program: Program;
  readonly args: string;
  /** Where its sources are. */
  readonly dir: string;
}

export interface SimJobRequest {
  readonly source: string;
  readonly board?: string | undefined;
  readonly cell?: string | undefined;
  readonly args?: string | undefined;
  readonly onStage?: (name: string) => void;
  readonly onBuilt?: (checks: CheckReport) => void;
}

export async function makeSimJob({ source, board, cell, args, onStage, onBuilt }: SimJobRequest): Promise<SimJob> {
  if (source.endsWith(".bin"))
    throw new UserError(
      `${source}: the simulator runs no machine code: give it the program's folder, or its .wasm or .wat file`,
    );
  const built = await buildProgram({ source, board, cell, onStage });
  onBuilt?.(checkReport(built.checked));
  return simJobOf(built, args);
}

export function simJobOf({ name, dir, board, cell, format, program }: Built, args = ""): SimJob {
  commandLineBytes(args);
  const cellFile = encodeCell(cell, formats[format]);
  return { name, board, cell, format, cellFile, images: [], program, args, dir };
}
