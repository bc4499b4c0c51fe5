/**
 * The files that a command names. One that exists is read; else its base name stands for what the house has: X.cell for
 * a board's configuration, X.bin for the demo or project of that name, built for the cell that it is loaded into,
 * wasm3.bin and X.wasm.img for the same, interpreted. So command lines from a manual work as they stand there.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isReference } from "../../boards/describe/index.ts";
import type { Board, CellConfig, FormatName } from "../../boards/index.ts";
import { UserError } from "../errors.ts";
import { type Configuration, loadConfiguration } from "../pipeline/configuration.ts";
import { type NamedModule, readDebugFile } from "../pipeline/wasm3/debug-file.ts";
import { packageRoot } from "../root.ts";

const ENGINE = "wasm3.bin";
const MODULE = ".wasm.img";

/** @throws UserError in the words of the tool if there is neither. */
export async function configurationFile(path: string, format: FormatName | undefined): Promise<Configuration> {
  const name = basename(path, ".cell");
  if (existsSync(path)) return loadConfiguration(path, { format });
  if (isReference(name)) return loadConfiguration(name, { format });
  throw new UserError(`opening ${path}: No such file or directory`);
}

export interface Image {
  readonly bytes: Uint8Array;
  /** With names for its addresses. */
  readonly elf?: string | undefined;
  /** With names for the offsets in a module's reports. */
  readonly module?: NamedModule | undefined;
}

export interface Into {
  readonly board: Board;
  readonly cell: CellConfig;
  /** How the cell's configuration is called. */
  readonly file: string;
  readonly onBuild: (what: string) => void;
}

/** @throws UserError in the words of the tool if there is neither a file nor a project of that name. */
export async function imageFile(path: string, { board, file, onBuild }: Into): Promise<Image> {
  if (existsSync(path)) return { bytes: await readFile(path), ...(await namesBeside(path)) };
  const { build, platformOf } = await import("../pipeline/build.ts");
  if (basename(path) === ENGINE) {
    onBuild(ENGINE);
    const { engineImage } = await import("../pipeline/wasm3/engine.ts");
    return { bytes: (await engineImage(platformOf(board, 64), () => {})).bin };
  }
  const interpreted = path.endsWith(MODULE);
  const project = projectOf(basename(path, interpreted ? MODULE : ".bin"));
  if (project === undefined) throw new UserError(`opening ${path}: No such file or directory`);
  onBuild(project);
  const engine = interpreted ? "wasm3" : "aot";
  const { files, module } = await build({ source: project, board: board.name, cell: file, engine });
  return { bytes: await readFile(files.module ?? files.bin), ...(module ? { module } : { elf: files.elf }) };
}

async function namesBeside(path: string): Promise<Pick<Image, "elf" | "module">> {
  const [elf, debug] = [path.replace(/\.bin$/, ".elf"), path.replace(/\.img$/, ".debug")];
  // What wasm3.bin reports are offsets into the module beside it.
  if (basename(path) === ENGINE) return {};
  if (elf !== path && existsSync(elf)) return { elf };
  return path.endsWith(MODULE) && existsSync(debug) ? { module: await readDebugFile(debug) } : {};
}

/** A folder with a program of that name: here, among the demos here, or among ours. */
function projectOf(name: string): string | undefined {
  const places = [name, join("demos", name), join(packageRoot, "demos", name)];
  return places.find((dir) => existsSync(join(dir, "main.ts")));
}
