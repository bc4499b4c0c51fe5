/** Builds `wasm3.bin`: our runtime, wasm3 and all intrinsics of an architecture, in an image that knows neither cell nor program. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { INTRINSICS } from "../../../runtime/intrinsics.ts";
import { packageRoot } from "../../root.ts";
import { cached, type Part } from "../cache.ts";
import { elfSymbols, symbolValue } from "../elf.ts";
import { prototypesOf } from "../image-source.ts";
import { ownCode } from "../own-code.ts";
import type { Platform } from "../platform.ts";
import { type OnStage, runtimeSources, wasmOf } from "../stages.ts";
import { compileAndLink, type Linked, toolchainVersion } from "../toolchain.ts";
import { linkSource } from "./links.ts";
import { withoutNames } from "./module-image.ts";
import { ENGINE_MORE_CPUS, ENGINE_STACKS, type EnginePlatform, enginePlatform } from "./platform.ts";
import { wasm3Sources } from "./sources.ts";

export async function buildEngineImage(platform: Platform, onStage: OnStage): Promise<Linked> {
  const engine = enginePlatform(platform);
  const { dir } = await wasm3Sources();
  const source = engineSource(engine, await noModule(engine, onStage));
  const key = [
    ownCode(),
    await toolchainVersion(),
    source,
    JSON.stringify(definesOf(engine)),
    ...(await runtimeSources(engine)),
    ...(await sourcesIn(dir)),
  ];
  const { elf, bin } = (await cached("wasm3", key, async () => {
    onStage("clang (wasm3)");
    return { ...(await link(engine, dir, source)) };
  })) as Record<keyof Linked, Uint8Array>;
  return { elf, bin };
}

function definesOf(engine: EnginePlatform): Record<string, number> {
  return {
    MODULE_OFFSET: engine.moduleOffset,
    MORE_CPUS: ENGINE_MORE_CPUS,
    CPU_STACK_SIZE: ENGINE_STACKS.cpu,
    HANDLER_STACK_SIZE: ENGINE_STACKS.handler,
    REPORT_STACK_SIZE: ENGINE_STACKS.report,
    SAVE_FP: 1,
  };
}

async function link(engine: EnginePlatform, dir: string, source: string): Promise<Linked> {
  const library = join(packageRoot, "runtime/wasm3/include");
  const own = [`-ffile-prefix-map=${dir}=~wasm3`, ...["-isystem", library], ...["-isystem", dir]];
  const parts = engine.parts.map((part) =>
    part.file.endsWith("wasm3.c") ? { ...part, flags: [...(part.flags ?? []), ...own] } : part,
  );
  const { handler, report } = ENGINE_STACKS;
  const stacks = handler + (engine.layout.ownReportStacks ? report : 0);
  const linked = await compileAndLink({
    platform: { ...engine, parts },
    source,
    optimize: "size",
    defines: definesOf(engine),
    symbols: { __stack_bytes: stacks },
  });
  const end = symbolValue(elfSymbols(linked.elf), "__image_end");
  if (end > engine.moduleOffset)
    throw new Error(
      `wasm3.bin takes ${end} bytes of RAM: raise moduleOffset of ${engine.name}, ${engine.moduleOffset}`,
    );
  return linked;
}

/** As image-source.ts does for a compiled module: one C file around the runtime's parts. */
function engineSource(engine: EnginePlatform, noModule: Uint8Array): string {
  const include = (file: string) => `#include "${file}"`;
  const rows = INTRINSICS.filter((row) => row.arch.includes(engine.name));
  return [
    ...engine.before.map(include),
    ...prototypesOf(rows),
    '#pragma clang diagnostic ignored "-Wunused"',
    ...engine.between.map(include),
    linkSource(engine.name),
    `static const u8 no_module[] = {${noModule.join(",")}};`,
    ...engine.after.map(include),
    "",
  ].join("\n");
}

/** What says that there is nothing to run: runtime/wasm3/no-module.ts. */
async function noModule({ machine }: EnginePlatform, onStage: OnStage): Promise<Uint8Array> {
  const dir = join(packageRoot, "runtime/wasm3");
  const { wasm } = await wasmOf(dir, "no-module.ts", onStage, { machine, uart: "any", alone: true });
  return withoutNames(wasm);
}

async function sourcesIn(dir: string): Promise<Part[]> {
  const names = (await readdir(dir)).filter((name) => /\.[ch]$/.test(name)).sort();
  return (
    await Promise.all(names.map(async (name): Promise<Part[]> => [name, await readFile(join(dir, name))]))
  ).flat();
}
