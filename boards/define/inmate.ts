/** `defineInmate`: the settings of a program, in its jh-inmate.config.ts. */
import { UserError } from "../../scripts/errors.ts";
import { type CellDefinition, isCellDefinition } from "./cell.ts";
import { checkKeys, checkWord } from "./checks.ts";
import { bytesOf, type Size } from "./sizes.ts";

export interface InmateConfig {
  /** Base name of the files that are built; the folder's by default. */
  readonly name?: string;
  /** Name of the board it is for unless `--board` says otherwise. */
  readonly board?: string;
  /** The program, from the folder of the config; "main.ts" by default. */
  readonly entry?: string;
  /** The cell or, one a board, the cells; by default those of cell.ts, else the board's stock inmate cell. */
  readonly cell?: CellDefinition | readonly CellDefinition[];
  /** Size of the main stack. */
  readonly stack?: Size;
  /**
   * "stub" (the default) never frees memory; with "minimal" the program collects garbage by calling `__collect()` at top level. Handlers
   * allocate nothing with either.
   */
  readonly runtime?: "stub" | "minimal";
  /** "fast" (the default) may drop a load whose value nobody uses; "precise" has WebAssembly's semantics to the letter. */
  readonly traps?: "fast" | "precise";
  /** What the compiler prefers: fast code or small code. */
  readonly optimize?: "speed" | "size";
}

/**
 * The settings as they are given.
 * @throws UserError that names the field for whatever cannot be.
 */
export function defineInmate(config: InmateConfig): InmateConfig {
  const where = "defineInmate";
  checkKeys(config, ["name", "board", "entry", "cell", "stack", "runtime", "traps", "optimize"], where);
  const { name, board, entry, cell, stack, runtime, traps, optimize } = config;
  if (name !== undefined && !/^[\w][\w.-]*$/.test(name)) {
    throw new UserError(`${where}: name "${name}" names files; write letters, digits, ".", "_" and "-"`);
  }
  if (board !== undefined && typeof board !== "string") {
    throw new UserError(`${where}: board is not a name; write for example board: "qemu-arm64"`);
  }
  if (entry !== undefined && (typeof entry !== "string" || !/\.(ts|wasm)$/.test(entry))) {
    throw new UserError(`${where}: entry "${entry}" is no program; write the path of a .ts or .wasm file`);
  }
  if (cell !== undefined && ![cell].flat().every(isCellDefinition)) {
    throw new UserError(`${where}: cell is no cell; write cell: defineCell({ board: … })`);
  }
  if (stack !== undefined && bytesOf(stack, `${where}: stack`) < 1024n) {
    throw new UserError(`${where}: a stack of ${stack} bytes is too small; write at least "1K"`);
  }
  if (String(runtime) === "incremental") {
    throw new UserError(
      `${where}: runtime "incremental" collects in the middle of whatever allocates, which interrupt handlers do not survive; write "stub" or "minimal"`,
    );
  }
  if (runtime !== undefined) checkWord(runtime, ["stub", "minimal"], `${where}: runtime`);
  if (traps !== undefined) checkWord(traps, ["fast", "precise"], `${where}: traps`);
  if (optimize !== undefined) checkWord(optimize, ["speed", "size"], `${where}: optimize`);
  return config;
}
