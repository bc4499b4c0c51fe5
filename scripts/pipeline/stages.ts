/** The stages of a build, each from inputs to outputs and cached by content. */
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageRoot } from "../root.ts";
import { cached, type Files, keep, lookUp, type Part, recall, remember } from "./cache.ts";
import { dataBlob } from "./data-blob.ts";
import { emitC } from "./emit-c.ts";
import { imageSource } from "./image-source.ts";
import { handlersUseFloat } from "./machine-code.ts";
import { ownCode } from "./own-code.ts";
import { includeFolders, type Platform } from "./platform.ts";
import { compileAndLink, type Linked, type LinkInput, toolchainVersion } from "./toolchain.ts";
import { insertMarkers, type SourceMap } from "./wasm/markers.ts";
import { parseModule } from "./wasm/module.ts";
import { wasm2c } from "./wasm2c.ts";

/** Told when a stage really runs, for progress. */
export type OnStage = (name: string) => void;

/** A Wasm module, and its source map if it is one of ours. */
export interface WasmFile {
  readonly wasm: Uint8Array;
  readonly map: SourceMap | undefined;
  /** Paths of the files that it is made from, and of those that asc has looked for in vain. */
  readonly sources: readonly string[];
}

const require = createRequire(import.meta.url);

/** Version of an npm package that we run. */
export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as { version: string }).version;
}

export interface ModuleKind {
  /** Folder of the SDK with what differs from machine to machine. */
  readonly machine: string;
  /** File of the SDK with the driver of the cell's UART. */
  readonly uart?: string | undefined;
  readonly runtime?: "stub" | "minimal" | undefined;
  /** Not an inmate, but a module with exports of its own. */
  readonly alone?: boolean;
}

/**
 * Compiles `entry` in `dir`. Which files that reads is known only afterwards: the list of the last time says where to look, the contents of
 * those files decide.
 */
export async function wasmOf(
  dir: string,
  entry: string,
  onStage: OnStage,
  { machine, uart = "none", runtime = "stub", alone = false }: ModuleKind,
): Promise<WasmFile> {
  const folders = { user: dir, sdk: join(packageRoot, "sdk") };
  const read = (folder: keyof typeof folders, path: string): string | null => {
    try {
      return readFileSync(join(folders[folder], path), "utf8");
    } catch {
      return null;
    }
  };
  const who = [ownCode(), versionOf("assemblyscript"), dir, entry, runtime, machine, uart];
  type Paths = [keyof typeof folders, string][];
  const keyOf = (paths: Paths): Part[] => [
    ...who.filter((part) => part !== dir),
    ...paths.flatMap(([folder, path]) => [folder, path, read(folder, path) ?? ""]),
  ];
  const compile = async (): Promise<{ files: Files; paths: Paths }> => {
    onStage("AssemblyScript");
    const { compileAssemblyScript } = await import("./asc.ts");
    const paths: Paths = [];
    const reading = (folder: keyof typeof folders) => (path: string) => {
      paths.push([folder, path]);
      return read(folder, path);
    };
    const { wasm, map } = await compileAssemblyScript({
      entry,
      readFile: reading("user"),
      readSdk: reading("sdk"),
      machine,
      uart,
      runtime,
      alone,
    });
    const made = { wasm, map: Buffer.from(JSON.stringify(map)) };
    await remember("sources", who, JSON.stringify(paths));
    await keep("wasm", keyOf(paths), made);
    return { files: made, paths };
  };
  const list = await recall("sources", who);
  const known = list === undefined ? undefined : (JSON.parse(list) as Paths);
  const kept = known && (await lookUp("wasm", keyOf(known)));
  const { files, paths } = known && kept ? { files: kept, paths: known } : await compile();
  return {
    wasm: files.wasm as Uint8Array,
    map: JSON.parse(Buffer.from(files.map as Uint8Array).toString()) as SourceMap,
    sources: paths.map(([folder, path]) => join(folders[folder], path)),
  };
}

/** What the rest of the build knows of a module. */
export interface ModuleC {
  /** The text of image.c. */
  readonly source: string;
  /** First pointer behind the constant data. */
  readonly dataEnd: number;
  /** C names of the functions in the table. */
  readonly tableFunctions: readonly string[];
  readonly startsCpus: boolean;
}

export async function moduleC(file: WasmFile, what: string, platform: Platform, onStage: OnStage): Promise<ModuleC> {
  const module = parseModule(file.wasm, what);
  const data = dataBlob(module);
  const marked = insertMarkers(module, file.map, data ? "drop" : "keep");
  const { c, h } = await cached("wasm2c", [versionOf("wabt"), marked.bytes], async () => {
    onStage("wasm2c");
    const { source, header } = await wasm2c(marked.bytes, what);
    return { c: Buffer.from(source), h: Buffer.from(header) };
  });
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
  const emitted = emitC({ source: text(c), header: text(h), markerBase: marked.base, positions: marked.positions });
  return {
    source: imageSource(module, emitted, data, platform),
    dataEnd: Math.max(0, ...module.data.map((d) => (d.address ?? 0) + d.bytes.length)),
    tableFunctions: emitted.tableFunctions,
    startsCpus: module.imports.some(({ module: from, name }) => from === "jh" && name === "cpu_start"),
  };
}

/** Compiled once, and once more with room for floating-point registers in the interrupt frame if a handler may change them. */
export async function image(
  c: ModuleC,
  input: Omit<LinkInput, "source">,
  onStage: OnStage,
): Promise<Linked & { savesFloat: boolean }> {
  const key = [
    ownCode(),
    await toolchainVersion(),
    c.source,
    JSON.stringify(input),
    ...(await runtimeSources(input.platform)),
  ];
  const files = await cached("image", key, async () => {
    onStage("clang");
    let linked = await compileAndLink({ ...input, source: c.source });
    const savesFloat = await handlersUseFloat(linked.elf, c.tableFunctions, input.platform.code);
    if (savesFloat)
      linked = await compileAndLink({ ...input, source: c.source, defines: { ...input.defines, SAVE_FP: 1 } });
    return { elf: linked.elf, bin: linked.bin, float: Buffer.from(savesFloat ? "yes" : "no") };
  });
  return {
    elf: files.elf as Uint8Array,
    bin: files.bin as Uint8Array,
    savesFloat: Buffer.from(files.float as Uint8Array).toString() === "yes",
  };
}

/** The sources that clang reads besides image.c, with their names. */
export async function runtimeSources(platform: Platform): Promise<Part[]> {
  const folders = includeFolders(platform).map((folder) => join(packageRoot, "runtime", folder));
  const parts = folders.map(async (folder) => {
    const names = (await readdir(folder)).filter((name) => /\.(c|h|S|ld)$/.test(name)).sort();
    return Promise.all(names.map(async (name): Promise<Part[]> => [name, await readFile(join(folder, name))]));
  });
  return (await Promise.all(parts)).flat(2);
}
