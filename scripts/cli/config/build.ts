import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { references } from "../../../boards/describe/index.ts";
import {
  type CellConfig,
  encodeCell,
  encodeSystem,
  type FormatName,
  formats,
  type SystemConfig,
} from "../../../boards/index.ts";
import { messageOf, UserError } from "../../errors.ts";
import { type Configuration, loadConfiguration } from "../../pipeline/configuration.ts";
import type { Action } from "../actions.ts";
import type { Flags } from "./flags.ts";

const build: Action<Flags> = {
  usage: "FILE [-o X.cell] [--format FORMAT], or --all -o DIR [--format FORMAT]",
  flags: ["out", "all", "format", "board"],
  least: 1,
  most: 1,
  run: async ([what], flags) => {
    process.stdout.write(flags.all ? buildAll(what, flags) : await buildOne(what as string, flags));
    return 0;
  },
};

export default build;

async function buildOne(what: string, { out, ...options }: Flags): Promise<string> {
  if (extname(what) === ".cell" && out === undefined) {
    throw new UserError(`${what} is a .cell file already: name the TypeScript file or the configuration to build`);
  }
  const configuration = await loadConfiguration(what, options);
  const bytes = encode(configuration.config, configuration.format);
  const target = out ?? defaultTarget(configuration);
  write(target, bytes);
  return `${bytes.length} bytes  ${relative(".", target)}\n`;
}

/** Everything of one format, as DIR/ARCH/NAME.cell. */
function buildAll(what: string | undefined, { out, format = "mainline" }: Flags): string {
  if (what !== undefined)
    throw new UserError(`config build --all does not take "${what}": it writes everything there is`);
  if (out === undefined) throw new UserError("config build --all needs a folder: config build --all -o DIR");
  const all = references(format);
  for (const arch of new Set(all.map(({ board }) => board.arch))) makeFolder(join(out, arch));
  for (const { name, board, config } of all) write(join(out, board.arch, `${name}.cell`), encode(config, format));
  const systems = all.filter(({ config }) => config.kind === "system").length;
  const whose = format === "mainline" ? "mainline Jailhouse" : "the real-time fork";
  return `${all.length} files for ${whose} (${systems} systems, ${all.length - systems} cells) in ${relative(".", out) || "."}\n`;
}

function encode(config: CellConfig | SystemConfig, format: FormatName): Uint8Array {
  return config.kind === "system" ? encodeSystem(config, formats[format]) : encodeCell(config, formats[format]);
}

/** NAME becomes NAME.cell here, X.ts X.cell beside it; cell.ts takes the name of its folder, as `build` does. */
function defaultTarget({ file, reference }: Configuration): string {
  if (file === reference) return `${file}.cell`;
  const path = resolve(isFolder(file) ? join(file, "cell.ts") : file);
  const base = basename(path).replace(/\.[cm]?[jt]s$/, "");
  return join(dirname(path), `${base === "cell" ? basename(dirname(path)) : base}.cell`);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(`cannot make the folder ${path}: ${messageOf(error)}`);
  }
}

function write(path: string, bytes: Uint8Array): void {
  if (isFolder(path)) throw new UserError(`-o ${path} is a folder: name the file, as in -o ${join(path, "NAME.cell")}`);
  makeFolder(dirname(resolve(path)));
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new UserError(`cannot write ${path}: ${messageOf(error)}`);
  }
}
