/** Both sides of a comparison as C text for the same platform: generated from TypeScript, and written by hand. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { imageSource } from "../../scripts/pipeline/image-source.ts";
import type { Platform } from "../../scripts/pipeline/platform.ts";
import { type ModuleC, moduleC, type OnStage, wasmOf } from "../../scripts/pipeline/stages.ts";
import { parseModule } from "../../scripts/pipeline/wasm/module.ts";
import { packageRoot } from "../../scripts/root.ts";
import { KERNELS } from "./kernels.ts";
import type { CompiledSide } from "./sides.ts";

/** Searched for includes by clang. */
export const BENCH = join(packageRoot, "test", "bench");

/** A module with nothing in it but the import of map_ram, (i64, i64) -> i64: C kernels have RAM windows, too. */
const EMPTY = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 7, 1, 0x60, 2, 0x7e, 0x7e, 1, 0x7e],
  ...[2, 14, 1, 2, ...Buffer.from("jh"), 7, ...Buffer.from("map_ram"), 0, 0],
);

/** What the kernels in C use of C's library: clang's builtins, as the generated C does. */
const LIBRARY = ["fmaxf", "fminf", "memcpy", "memmove", "memset", "sqrt"];

/** All kernels as a side has them; those with these names are measured. */
export async function kernels(
  side: CompiledSide,
  platform: Platform,
  names: readonly string[],
  onStage: OnStage,
): Promise<ModuleC> {
  if (side === "c") return kernelsInC(platform, names);
  const dir = join(BENCH, "kernels");
  const wasm = await wasmOf(side === "checked" ? await withChecks(dir) : dir, "index.ts", onStage, {
    machine: "arm64",
    alone: true,
  });
  const c = await moduleC(wasm, "kernels", platform, onStage);
  return { ...c, source: `${kernelMacros(names, [])}${c.source}` };
}

function kernelsInC(platform: Platform, names: readonly string[]): ModuleC {
  const files = [...new Set(KERNELS.map(({ file }) => `kernels/${file}`))];
  const prepare = KERNELS.flatMap((kernel) => kernel.prepare ?? []);
  const exports = KERNELS.map(({ name }) => name);
  const c = plainC(files, exports, platform);
  return { ...c, source: `${kernelMacros(names, prepare)}${c.source}` };
}

/** A copy of the kernels in which no access is `unchecked`. */
async function withChecks(from: string): Promise<string> {
  const to = join(packageRoot, "node_modules", ".cache", "bench-checked");
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    if (!name.endsWith(".ts")) continue;
    const text = await readFile(join(from, name), "utf8");
    await writeFile(join(to, name), text.replaceAll("unchecked(", "("));
  }
  return to;
}

/** Files of plain C in the place of a module's C; `exports` are functions in it. */
export function plainC(files: readonly string[], exports: readonly string[], platform: Platform): ModuleC {
  const definitions = [
    ...LIBRARY.map((name) => `#define ${name} __builtin_${name}`),
    ...files.map((file) => `#include "${file}"`),
    ...LIBRARY.map((name) => `#undef ${name}`),
    "static void wasm_start(void) {}",
  ].join("\n");
  const source = imageSource(
    parseModule(EMPTY, "C"),
    {
      declarations: "",
      definitions,
      exports: new Map(exports.map((name) => [name, name])),
      table: undefined,
      tableFunctions: [],
    },
    undefined,
    platform,
  );
  return { source, dataEnd: 0, tableFunctions: exports, startsCpus: false };
}

/** What cell/kernels.h and host/kernels.h expect of a side. */
function kernelMacros(names: readonly string[], prepare: readonly string[]): string {
  const rows = names.map((name) => `ROW(${name})`).join(" ");
  const calls = prepare.map((name) => `${name}();`).join(" ");
  return `#define KERNELS(ROW) ${rows}\n#define PREPARE() do { ${calls} } while (0)\n`;
}
