/** The cell monitor's image: built by the pipeline like an inmate's, for its own platform. */
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PLATFORMS } from "../pipeline/platform.ts";
import { image, moduleC, wasmOf } from "../pipeline/stages.ts";
import { packageRoot } from "../root.ts";

const platform = PLATFORMS["cellbox-arm64"];
const SOURCES = join(packageRoot, "runtime", "cellbox");
/** Where a packed package has it, made by `buildMonitor`: no compiler is needed to run cells then. */
const SHIPPED = join(packageRoot, "dist", "cellbox", "arm64.elf");

/** The monitor as ELF file. Its sources and tools decide whether it is built anew. */
export async function buildMonitor(onStage: (name: string) => void = () => {}): Promise<Uint8Array> {
  const wasm = await wasmOf(SOURCES, "main.ts", onStage, true);
  const c = await moduleC(wasm, "cell monitor", platform, onStage);
  const { elf } = await image(c, { platform, optimize: "speed", defines: {}, symbols: {} }, onStage);
  return elf;
}

let built: Promise<string> | undefined;

/** Path of the monitor's ELF file. */
export function monitorImage(): Promise<string> {
  built ??= existsSync(SHIPPED)
    ? Promise.resolve(SHIPPED)
    : build(join(packageRoot, "node_modules", ".cache", "cellbox-arm64.elf"));
  return built;
}

/** The file appears whole or not at all: other processes may be starting QEMU with it. */
async function build(path: string): Promise<string> {
  const elf = await buildMonitor();
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, elf);
  await rename(fresh, path);
  return path;
}
