/**
 * Configurations as users name them: a .cell file of either format, TypeScript with defineCell or defineSystem, a folder
 * with a cell.ts, or one of the boards' own by its name.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CellDefinition, SystemDefinition } from "../../boards/config.ts";
import { findReference, guessBoard, isReference, type Reference, sameReference } from "../../boards/describe/index.ts";
import {
  type Board,
  type CellConfig,
  decodeFile,
  type FormatName,
  findBoard,
  type SystemConfig,
} from "../../boards/index.ts";
import { isUserError, UserError } from "../errors.ts";
import { loadDefault } from "./load.ts";

export interface Configuration {
  /** What the user called it. */
  readonly file: string;
  readonly kind: "cell" | "system";
  readonly format: FormatName;
  readonly config: CellConfig | SystemConfig;
  /** Undefined with a .cell file that fits to no board we know. */
  readonly board?: Board | undefined;
  /** The board is only the likeliest: a .cell file does not say. */
  readonly guessed?: boolean | undefined;
  /** The reference that it is equal to. */
  readonly reference?: string | undefined;
}

export interface LoadOptions {
  /** `--format`: which of a name's two is meant, and what a file must be. */
  readonly format?: FormatName | undefined;
  /** `--board`: whose of several cells is meant, and what a file must be for. */
  readonly board?: string | undefined;
  /** The same where it is not said but likely: nothing must be for it. */
  readonly likelyBoard?: string | undefined;
}

/** @throws UserError that says what `what` is instead, and what to do. */
export async function loadConfiguration(what: string, options: LoadOptions = {}): Promise<Configuration> {
  const file = fileOf(what);
  if (file === undefined) return named(findReference(what, options.format), options.board);
  const loaded = /\.[cm]?[jt]s$/.test(file) ? await fromSource(file, options) : fromBytes(file, options);
  if (options.format !== undefined && loaded.format !== options.format) throw otherFormat(loaded, file, options.format);
  return loaded;
}

/** The file that is meant, or undefined for the name of a configuration. */
function fileOf(what: string): string | undefined {
  if (existsSync(what)) {
    if (!statSync(what).isDirectory()) return what;
    const inside = join(what, "cell.ts");
    if (existsSync(inside)) return inside;
    // dist/BOARD is a folder, too.
    if (isReference(what)) return undefined;
    throw new UserError(
      `${what} is a folder without a cell.ts: name a .cell file, a TypeScript file or a configuration`,
    );
  }
  if (/[/\\]|\.(cell|[cm]?[jt]s)$/.test(what)) throw new UserError(`${what}: there is no such file`);
  return undefined;
}

function named({ name, board, format, config }: Reference, asked: string | undefined): Configuration {
  if (asked !== undefined && findBoard(asked).name !== board.name) {
    throw new UserError(`${name} is for ${board.name}, not for ${asked}: leave out --board ${asked}`);
  }
  return { file: name, kind: config.kind, format, config, board, reference: name };
}

type Definition = CellDefinition | SystemDefinition;

async function fromSource(file: string, { board: asked, likelyBoard }: LoadOptions): Promise<Configuration> {
  if (/\bfrom\s+["']jh-inmate["']/.test(readFileSync(file, "utf8"))) {
    throw new UserError(
      `${file} is a program: a configuration is a file with defineCell or defineSystem, as a cell.ts`,
    );
  }
  const definitions = [await loadDefault(file)].flat();
  if (definitions.length === 0 || !definitions.every(isDefinition)) {
    throw new UserError(`${file}: the default export is no configuration; write "export default defineCell({ … })"`);
  }
  const boards = definitions.map(({ board }) => board.name);
  const wanted = asked ?? (boards.includes(`${likelyBoard}`) ? likelyBoard : undefined);
  const [definition, ...more] =
    wanted === undefined ? definitions : definitions.filter(({ board }) => board.name === findBoard(wanted).name);
  if (!definition) throw new UserError(`${file} is for ${boards.join(", ")}, not for ${wanted}: name another --board`);
  if (more.length > 0) {
    throw new UserError(`${file} has configurations for ${boards.join(", ")}: choose one with --board`);
  }
  const { board, format } = definition;
  const config = definition.kind === "cell definition" ? definition.cell : definition.system;
  return { file, kind: config.kind, format, config, board, reference: sameReference(config, format)?.name };
}

function isDefinition(value: unknown): value is Definition {
  const kinds: unknown[] = ["cell definition", "system definition"];
  return typeof value === "object" && value !== null && "kind" in value && kinds.includes(value.kind);
}

function fromBytes(file: string, { board: asked, likelyBoard }: LoadOptions): Configuration {
  const bytes = readFileSync(file);
  const other = otherThanCell(bytes);
  if (other !== undefined) {
    throw new UserError(
      `${file} ${other}: give a .cell file, a TypeScript file with defineCell, or a name from jh-inmate boards`,
    );
  }
  const name = asked ?? likelyBoard;
  const known = name === undefined ? undefined : findBoard(name);
  const { format, config, reference } = decode(bytes, file, known);
  const certain = known ?? reference?.board;
  const board = certain ?? guessBoard(config, format, file);
  return { file, kind: config.kind, format, config, board, guessed: !certain, reference: reference?.name };
}

interface Decoded {
  readonly format: FormatName;
  readonly config: CellConfig | SystemConfig;
  readonly reference: Reference | undefined;
}

/** A file of the fork does not say its architecture: then it is the one of a board that it fits to, if there is one. */
function decode(bytes: Uint8Array, file: string, board: Board | undefined): Decoded {
  try {
    const first = decodeFile(bytes, { file, ...(board && { arch: board.arch }) });
    const candidates = first.archs.map((arch): Decoded => {
      const { format, config } = decodeFile(bytes, { file, arch });
      return { format, config, reference: sameReference(config, format) };
    });
    const same = candidates.find(({ reference }) => reference);
    const fitting = () => candidates.find(({ config, format }) => guessBoard(config, format, file));
    return same ?? fitting() ?? (candidates[0] as Decoded);
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new UserError(error.message, remedies.find(([message]) => message.test(error.message))?.[1]);
  }
}

/** What to do about a file that begins as a configuration and is damaged or too old. */
const remedies: readonly (readonly [message: RegExp, remedy: string])[] = [
  [/to the end of the file/, "the file is cut short: copy it or build it again"],
  [/: revision at offset/, "it was built for another version of Jailhouse: build it again from its source"],
];

/** What a file is that does not begin as a configuration does. */
function otherThanCell(bytes: Uint8Array): string | undefined {
  const begin = String.fromCharCode(...bytes.subarray(0, 512));
  if (bytes.length === 0) return "is empty";
  if (/^JH(CLL|SYS|CEL)/.test(begin)) return undefined;
  if (begin.startsWith("\x7fELF")) return "is an ELF program or object";
  if (begin.startsWith("\0asm")) return "is a WebAssembly module";
  if (/^[\t\n\r -~]*$/.test(begin)) return /#include|struct/.test(begin) ? "is C source" : "is text";
  return "is no configuration of Jailhouse";
}

function otherFormat({ format, kind }: Configuration, file: string, asked: FormatName): UserError {
  const called = { mainline: "mainline", rt: "the real-time fork" };
  const define = kind === "cell" ? "defineCell" : "defineSystem";
  const remedy = /\.[cm]?[jt]s$/.test(file)
    ? `write format: "${asked}" in its ${define}`
    : `leave out --format ${asked}`;
  return new UserError(`${file} is for ${called[format]}, not for ${called[asked]}: ${remedy}`);
}
