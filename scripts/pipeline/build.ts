/** `jh-inmate build`: from a project's folder, or a module of another compiler, to an image and the cell that it runs in. */
import { existsSync, statSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import {
  type Board,
  bytesOf,
  type CellConfig,
  encodeCell,
  type FormatName,
  formats,
  type InmateConfig,
} from "../../boards/index.ts";
import type { Checked } from "../checks/index.ts";
import type { StackReport } from "../checks/stack-limits.ts";
import { UserError } from "../errors.ts";
import { type CheckReport, checkReport, checksOf, stacksOf } from "./check-stages.ts";
import { checkFits, type MemoryPlan, memoryPlan } from "./memory-plan.ts";
import { PLATFORMS, type Platform } from "./platform.ts";
import { chooseCell, loadSettings } from "./project.ts";
import { image, type ModuleKind, moduleC, type OnStage, versionOf, type WasmFile, wasmOf } from "./stages.ts";
import { toolchainVersion } from "./toolchain.ts";
import { uartDriver } from "./uart-drivers.ts";
import type { NamedModule } from "./wasm3/debug-file.ts";
import { assembleWat } from "./wat.ts";
import { writeWhole } from "./write-whole.ts";

/** Of a stock cell when wasm3 is to run in it: enough for most programs. */
const WASM3_RAM = 1024 * 1024;

/** What runs a program: machine code of its own, or wasm3. */
export type Engine = "aot" | "wasm3";

export interface BuildOptions {
  /** A folder with main.ts, or a module of another compiler, .wasm or .wat. */
  readonly source: string;
  readonly board?: string | undefined;
  readonly cell?: string | undefined;
  readonly debug?: boolean | undefined;
  /** By default the settings' one, else "aot". */
  readonly engine?: Engine | undefined;
  /** Takes the place of DIR/dist. */
  readonly out?: string | undefined;
  readonly onStage?: OnStage | undefined;
}
export interface BuildResult {
  readonly name: string;
  readonly board: Board;
  readonly cell: CellConfig;
  /** Of the .cell file. */
  readonly format: FormatName;
  /** Where the files are. */
  readonly dir: string;
  readonly files: {
    readonly bin: string;
    readonly elf: string;
    readonly wasm: string;
    readonly cell: string;
    readonly json: string;
    /** For wasm3: the module as it is loaded. */
    readonly module?: string;
  };
  /** What is loaded, of the files above: names in `dir`. */
  readonly loads: readonly { readonly address: bigint; readonly file: string }[];
  /** For wasm3: what names the offsets in its reports. */
  readonly module?: NamedModule;
  readonly report: BuildReport;
}
/** NAME.json. Sizes and addresses in bytes. */
export interface BuildReport {
  readonly name: string;
  readonly board: string;
  readonly cell: string;
  readonly arch: string;
  /** What is loaded. */
  readonly image: number;
  /** RAM of the cell, and what of it the image and its tables and stacks take; the rest is linear memory. */
  readonly ram: {
    readonly cell: number;
    readonly image: number;
    readonly stacks: number;
    readonly linear: number;
    readonly data: number;
  };
  /** Cell address of the entry. */
  readonly entry: string;
  readonly floatInHandlers: boolean;
  /** Of machine code. */
  readonly stack?: StackReport;
  readonly checks: CheckReport;
  readonly tools: Readonly<Record<string, string>>;
}

interface Source {
  readonly name: string;
  /** The project's folder; for a module's file the one that it is in. */
  readonly dir: string;
  readonly entry: string;
  readonly settings: InmateConfig;
}

/** A program as Wasm, and what it is built for. */
export interface Compiled {
  readonly name: string;
  /** The project's folder. */
  readonly dir: string;
  readonly entry: string;
  readonly settings: InmateConfig;
  readonly board: Board;
  readonly cell: CellConfig;
  readonly format: FormatName;
  readonly platform: Platform;
  readonly file: WasmFile;
  readonly checked: Checked;
  readonly engine: Engine;
}

/** As far as no C compiler is needed. */
export async function compile(options: BuildOptions): Promise<Compiled> {
  const onStage = options.onStage ?? (() => {});
  const source = await findSource(options.source);
  const { settings } = source;
  const engine = options.engine ?? settings.engine ?? "aot";
  const { board, cell, format } = await chooseCell({
    what: options.source,
    dir: source.dir,
    settings,
    board: options.board,
    cell: options.cell,
    leastRam: engine === "wasm3" ? WASM3_RAM : undefined,
  });
  const platform = platformOf(board, settings.bits ?? 64);
  const kind = { machine: platform.machine, uart: uartDriver(cell.console), runtime: settings.runtime };
  const file = await wasmFile(source, kind, onStage);
  const checked = await checksOf(file, source.entry, settings.runtime ?? "stub", onStage);
  return {
    ...source,
    board,
    cell,
    format,
    platform,
    file,
    checked,
    engine,
  };
}

/** How the RAM of the program's cell is divided. */
export function planOf({ name, settings, cell, platform, file }: Compiled, startsCpus: boolean): MemoryPlan {
  const stack = settings.stack === undefined ? undefined : Number(bytesOf(settings.stack, `${name}: stack`));
  return memoryPlan(cell, name, platform.layout, { nullPages: file.map ? 1 : 0, stack, startsCpus });
}

export async function build(options: BuildOptions): Promise<BuildResult> {
  return (await link(await compile(options), options)).finish();
}

/** A program that is ready to run, before its stacks are measured and its files written. */
export interface LinkedProgram {
  readonly bin: Uint8Array;
  readonly elf: Uint8Array;
  /** For wasm3: what is loaded for the module, and where. */
  readonly module?: NonNullable<BuildResult["module"]> & { readonly bytes: Uint8Array; readonly address: bigint };
  /** Measures the stacks, and writes the files. */
  readonly finish: () => Promise<BuildResult>;
}

export type LinkOptions = Pick<BuildOptions, "debug" | "out" | "onStage">;

export async function link(compiled: Compiled, options: LinkOptions = {}): Promise<LinkedProgram> {
  if (compiled.engine === "wasm3") return (await import("./wasm3/link.ts")).linkWasm3(compiled, options);
  const onStage = options.onStage ?? (() => {});
  const { name, settings, board, cell, format, platform, file, checked } = compiled;
  const c = await moduleC(file, compiled.entry, platform, onStage);
  const plan = planOf(compiled, c.startsCpus);
  const precise: Record<string, number> = settings.traps === "precise" ? { PRECISE_TRAPS: 1 } : {};
  const stepping: Record<string, number> = options.debug ? { STEPPING: 1 } : {};
  const optimize = options.debug ? "debug" : (settings.optimize ?? "speed");
  const linked = await image(
    c,
    { platform, optimize, defines: { ...plan.defines, ...precise, ...stepping }, symbols: plan.symbols },
    onStage,
  );
  const ram = checkFits(linked, plan, c.dataEnd, settings.needs);
  const finish = async (): Promise<BuildResult> => {
    const report: BuildReport = {
      name,
      board: board.name,
      cell: cell.name,
      arch: board.arch,
      image: linked.bin.length,
      ram,
      entry: `0x${cell.resetAddress.toString(16)}`,
      floatInHandlers: linked.savesFloat,
      stack: await stacksOf(file, checked, linked, c.tableFunctions, plan, platform, onStage),
      checks: checkReport(checked),
      tools: { assemblyscript: versionOf("assemblyscript"), wabt: versionOf("wabt"), llvm: await toolchainVersion() },
    };
    const bin = `${name}.bin`;
    const { dir, files } = await writeFiles(compiled, options, { bin, elf: `${name}.elf` }, linked, report);
    const loads = [{ address: cell.resetAddress, file: bin }];
    return { name, board, cell, format, dir, files, loads, report };
  };
  return { bin: linked.bin, elf: linked.elf, finish };
}

/** What a build leaves in DIR/dist/BOARD. */
export async function writeFiles(
  { name, dir: project, board, cell, format, file }: Compiled,
  { out }: LinkOptions,
  names: { readonly bin: string; readonly elf: string },
  linked: { readonly bin: Uint8Array; readonly elf: Uint8Array },
  report: BuildReport,
) {
  const dir = join(out ?? join(project, "dist"), board.name);
  const path = (extension: string) => join(dir, `${name}.${extension}`);
  const files = {
    bin: join(dir, names.bin),
    elf: join(dir, names.elf),
    wasm: path("wasm"),
    cell: path("cell"),
    json: path("json"),
  };
  await mkdir(dir, { recursive: true });
  await Promise.all([
    writeWhole(files.bin, linked.bin),
    writeWhole(files.elf, linked.elf),
    writeWhole(files.wasm, file.wasm),
    writeWhole(files.cell, encodeCell(cell, formats[format])),
    writeWhole(files.json, `${JSON.stringify(report, null, 2)}\n`),
  ]);
  return { dir, files };
}

async function findSource(path: string): Promise<Source> {
  if (!existsSync(path)) throw new UserError(`${path}: there is no such folder or file`);
  const full = resolve(path);
  if (statSync(full).isDirectory()) {
    const settings = await loadSettings(full);
    const entry = settings.entry ?? "main.ts";
    if (!existsSync(join(full, entry))) {
      throw new UserError(
        `${path}: there is no ${entry} in it; write one, or name the program in jh-inmate.config.ts (entry: "…")`,
      );
    }
    return { name: settings.name ?? basename(full), dir: full, entry, settings };
  }
  const extension = extname(full);
  if (!(extension in MODULES))
    throw new UserError(`${path}: build takes a folder with a main.ts, or a .wasm or .wat file`);
  const dir = dirname(full);
  return { name: basename(full, extension), dir, entry: relative(dir, full), settings: {} };
}

export function platformOf({ name, arch }: Board, bits: 32 | 64): Platform {
  if (arch === "x86") return PLATFORMS[`x86-${bits}`];
  if (bits === 32) throw new UserError(`bits: 32 is for x86 boards, but ${name} is ${arch}: leave it out`);
  if (arch === "arm64") return PLATFORMS.arm64;
  throw new UserError(`${name} is ${arch}: this version builds for arm64 and x86 boards only`);
}

/** Modules that are not made by us, by the extension of their file. */
const MODULES: Readonly<Record<string, (file: Buffer, what: string) => Promise<Uint8Array>>> = {
  ".wasm": async (file) => file,
  ".wat": (file, what) => assembleWat(file.toString(), what),
};

async function wasmFile({ dir, entry }: Source, kind: ModuleKind, onStage: OnStage): Promise<WasmFile> {
  const read = MODULES[extname(entry)];
  if (read) {
    const path = join(dir, entry);
    return { wasm: await read(await readFile(path), entry), map: undefined, sources: [path] };
  }
  return wasmOf(dir, entry, onStage, kind);
}
