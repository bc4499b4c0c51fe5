/** The second engine's image for an architecture: the package brings one of each, a clone builds it. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageArch } from "../../../runtime/intrinsics.ts";
import { hasPrebuilt, packageRoot, prebuiltFolder } from "../../root.ts";
import { hashOf, type Part } from "../cache.ts";
import { PLATFORMS, type Platform } from "../platform.ts";
import type { OnStage } from "../stages.ts";
import type { Linked } from "../toolchain.ts";
import { buildEngineImage } from "./engine-image.ts";
import { wasm3Sources } from "./sources.ts";

const ARCHITECTURES: readonly ImageArch[] = ["arm64", "x86-64", "x86-32"];

/** prebuilt/index.json */
interface Index {
  /** Of the package that the images are from. */
  readonly hash: string;
  readonly wasm3: string;
}

export async function engineImage(platform: Platform, onStage: OnStage): Promise<Linked> {
  return (await shipped(platform)) ?? buildEngineImage(platform, onStage);
}

/** The package's image, unless it is another's: sources or pipeline have changed since, or other sources of wasm3 are wanted. */
async function shipped({ name }: Platform): Promise<Linked | undefined> {
  if (process.env.WASM3_DIR || !hasPrebuilt()) return undefined;
  const file = (extension: string) => readFile(join(prebuiltFolder, `wasm3-${name}.${extension}`));
  try {
    const index = JSON.parse(await readFile(join(prebuiltFolder, "index.json"), "utf8")) as Index;
    return index.hash === packageHash() ? { bin: await file("bin"), elf: await file("elf") } : undefined;
  } catch {
    // A folder that was left half made.
    return undefined;
  }
}

/** Makes prebuilt/, with the licence of what is in the images. */
export async function shipEngines(): Promise<void> {
  const { version, license } = await wasm3Sources();
  if (license === "") throw new Error("wasm3's LICENSE is missing: images cannot be given away without it");
  await rm(prebuiltFolder, { recursive: true, force: true });
  await mkdir(prebuiltFolder);
  const write = (name: string, contents: Uint8Array | string) => writeFile(join(prebuiltFolder, name), contents);
  for (const name of ARCHITECTURES) {
    const { bin, elf } = await buildEngineImage(PLATFORMS[name], () => {});
    await write(`wasm3-${name}.bin`, bin);
    await write(`wasm3-${name}.elf`, elf);
  }
  await write("LICENSE-wasm3", license);
  const index: Index = { hash: packageHash(), wasm3: version };
  await write("index.json", `${JSON.stringify(index, null, 2)}\n`);
}

let hash: string | undefined;

/** Of all that decides an image besides the tools: what the package runs, and its C. */
function packageHash(): string {
  hash ??= hashOf([...contents("dist", /\.js$/), ...contents("runtime", /\.(c|h|S|ld)$/)]);
  return hash;
}

function contents(folder: string, pattern: RegExp): Part[] {
  const root = join(packageRoot, folder);
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => pattern.test(name));
  return names.sort().flatMap((name) => [name, readFileSync(join(root, name))]);
}
