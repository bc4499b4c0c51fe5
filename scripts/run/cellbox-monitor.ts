/** The cell monitor's images: built by the pipeline like an inmate's, each for its own platform. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { hashOf, type Part } from "../pipeline/cache.ts";
import { PLATFORMS } from "../pipeline/platform.ts";
import { image, moduleC, wasmOf } from "../pipeline/stages.ts";
import { writeWhole } from "../pipeline/write-whole.ts";
import { packageRoot } from "../root.ts";

type Name = "cellbox-arm64" | "cellbox-x86";

/** Where its entry is in SOURCES, and what QEMU takes. */
const MONITORS = {
  "cellbox-arm64": { entry: "arm64/main.ts", file: "elf" },
  "cellbox-x86": { entry: "x86/main.ts", file: "bin" },
} as const;
const SOURCES = join(packageRoot, "runtime", "cellbox");

/** What the monitor is made of, besides the pipeline. */
const MADE_OF = ["runtime/cellbox", "runtime/wasm", "runtime/intrinsics.ts"];

const paths = new Map<Name, Promise<string>>();

/** Path of a monitor. The packed package has it in dist/; from a clone it is built once for each state of its sources. */
export function monitorImage(name: Name): Promise<string> {
  const path = paths.get(name) ?? find(name);
  paths.set(name, path);
  return path;
}

/** Builds the monitors into dist/, for a package that runs cells without a compiler. Gives their paths. */
export async function shipMonitors(): Promise<string[]> {
  const paths: string[] = [];
  for (const name of Object.keys(MONITORS) as Name[])
    paths.push(await write(name, join(packageRoot, "dist"), await build(name)));
  return paths;
}

async function find(name: Name): Promise<string> {
  const folders = [join(packageRoot, "dist"), join(packageRoot, "node_modules", ".cache")];
  const known = folders.map((folder) => join(folder, fileName(name))).find((file) => existsSync(file));
  return known ?? write(name, folders[1] as string, await build(name));
}

async function build(name: Name): Promise<Uint8Array> {
  const platform = PLATFORMS[name];
  const { entry, file } = MONITORS[name];
  const wasm = await wasmOf(SOURCES, entry, () => {}, { machine: platform.machine, alone: true });
  const c = await moduleC(wasm, "cell monitor", platform, () => {});
  const made = await image(c, { platform, optimize: "speed", defines: {}, symbols: {} }, () => {});
  return made[file];
}

async function write(name: Name, folder: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, fileName(name));
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, bytes);
  return file;
}

let hash: string | undefined;

function fileName(name: Name): string {
  hash ??= hashOf(MADE_OF.flatMap(sources)).slice(0, 16);
  return `${name}-${hash}.${MONITORS[name].file}`;
}

function sources(from: string): Part[] {
  const full = join(packageRoot, from);
  if (extname(from) !== "") return [from, readFileSync(full)];
  const names = readdirSync(full, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(ts|c|h|S|ld)$/.test(file),
  );
  return names.sort().flatMap((file) => [file, readFileSync(join(full, file))]);
}
