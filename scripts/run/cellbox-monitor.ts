/** The cell monitor's image: built by the pipeline like an inmate's, for its own platform. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { hashOf, type Part } from "../pipeline/cache.ts";
import { PLATFORMS } from "../pipeline/platform.ts";
import { image, moduleC, wasmOf } from "../pipeline/stages.ts";
import { packageRoot } from "../root.ts";

const platform = PLATFORMS["cellbox-arm64"];
const SOURCES = join(packageRoot, "runtime", "cellbox");

/** What the monitor is made of, besides the pipeline. */
const MADE_OF = ["runtime/cellbox", "runtime/wasm", "runtime/intrinsics.ts"];

let path: Promise<string> | undefined;

/** Path of the monitor's ELF file. The packed package has it in dist/; from a clone it is built once for each state of its sources. */
export function monitorImage(): Promise<string> {
  path ??= find();
  return path;
}

/** Builds the monitor into dist/, for a package that runs cells without a compiler. Gives the path. */
export async function shipMonitor(): Promise<string> {
  return write(join(packageRoot, "dist"), await build());
}

async function find(): Promise<string> {
  const folders = [join(packageRoot, "dist"), join(packageRoot, "node_modules", ".cache")];
  const known = folders.map((folder) => join(folder, fileName())).find((file) => existsSync(file));
  return known ?? write(folders[1] as string, await build());
}

async function build(): Promise<Uint8Array> {
  const wasm = await wasmOf(SOURCES, "main.ts", () => {}, { machine: platform.machine, alone: true });
  const c = await moduleC(wasm, "cell monitor", platform, () => {});
  const { elf } = await image(c, { platform, optimize: "speed", defines: {}, symbols: {} }, () => {});
  return elf;
}

/** The file appears whole or not at all: other processes may be starting QEMU with it. */
async function write(folder: string, elf: Uint8Array): Promise<string> {
  const file = join(folder, fileName());
  const fresh = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(fresh, elf);
  await rename(fresh, file);
  return file;
}

let name: string | undefined;

function fileName(): string {
  name ??= `cellbox-arm64-${hashOf(MADE_OF.flatMap(sources)).slice(0, 16)}.elf`;
  return name;
}

function sources(from: string): Part[] {
  const full = join(packageRoot, from);
  if (extname(from) !== "") return [from, readFileSync(full)];
  const names = readdirSync(full, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(ts|c|h|S|ld)$/.test(file),
  );
  return names.sort().flatMap((file) => [file, readFileSync(join(full, file))]);
}
