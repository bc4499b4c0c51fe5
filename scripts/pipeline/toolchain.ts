/** Stage 6: clang and lld, from one C file and the platform's parts to an ELF file and the flat image. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { requireTools, type Tool } from "../doctor/tools.ts";
import { isUserError, UserError } from "../errors.ts";
import { hasPrebuilt, packageRoot } from "../root.ts";
import { renameForDebugger } from "./debug-names.ts";
import { elfSymbols } from "./elf.ts";
import { fillHoles, holeScript } from "./holes.ts";
import { includeFolders, type Platform } from "./platform.ts";

const run = promisify(execFile);

export interface LinkInput {
  readonly platform: Platform;
  /** The text of image.c. */
  readonly source: string;
  readonly optimize: "speed" | "size" | "debug";
  readonly defines: Readonly<Record<string, string | number>>;
  /** Symbols for the linker script. */
  readonly symbols: Readonly<Record<string, number>>;
}
export interface Linked {
  readonly elf: Uint8Array;
  readonly bin: Uint8Array;
}

/** Functions that are left out would lie at 0 for debuggers, where code is. (In lists of ranges all ones have a meaning: DWARF 4, 2.17.3.) */
const NOWHERE = [".debug_info", ".debug_line", ".debug_frame"].flatMap((section) => [
  "-z",
  `dead-reloc-in-nonalloc=${section}=0xffffffffffffffff`,
]);

export const OPTIMIZE = { speed: "-O2", size: "-Os", debug: "-Og" } as const;

/**
 * What decides the code of a function. Frame pointers, and no sibling calls: a backtrace then names every caller, with the link register
 * where a function has no frame. Aliasing, contraction and null checks are as Wasm means them.
 */
export const CODE_FLAGS = [
  ...["-ffp-contract=off", "-fno-math-errno", "-fno-strict-aliasing", "-fno-delete-null-pointer-checks"],
  ...["-fno-omit-frame-pointer", "-momit-leaf-frame-pointer", "-fno-optimize-sibling-calls", "-fno-stack-protector"],
];

/** Else x * 1 or x - 0 is left out, which makes a NaN quiet if it signals. */
export const PRECISE_FLAGS = ["-ffp-exception-behavior=maytrap"];

/** Of the assembler, so that it makes of the compiler's text what the compiler itself would. */
const ASSEMBLER_FLAGS = ["-gdwarf-4", "-fdebug-compilation-dir=."];
/** In the text a file in the compilation's directory has that directory's name, too. */
const FILE_IN_DOT = /^(\s*\.file\s+\d+\s+)"\." (?=")/gm;

/** Debug information is in the ELF file only. */
const FLAGS = [
  ...["-std=gnu11", "-ffreestanding", "-nostdlib", "-fno-pic", "-g", "-gdwarf-4", "-Wall", "-Wno-unused"],
  ...CODE_FLAGS,
  ...[
    "-fno-asynchronous-unwind-tables",
    "-fno-ident",
    "-ffunction-sections",
    "-fdata-sections",
    "-fstack-size-section",
  ],
];

const COMPILER = ["clang", "ld.lld", "llvm-objcopy"] as const;

/** @throws UserError that names the command to install them and, where the package brings it, the way without them. */
function compiler(): Record<(typeof COMPILER)[number], Tool> {
  try {
    return requireTools(COMPILER);
  } catch (error) {
    if (!isUserError(error) || !hasPrebuilt()) throw error;
    throw new UserError(`${error.message}, or do without a compiler: --engine wasm3`, error.detail);
  }
}

export async function toolchainVersion(): Promise<string> {
  const { clang, "ld.lld": lld } = compiler();
  return `clang ${clang.version}, lld ${lld.version}`;
}

/** Options of clang for each part of an image that is compiled in `dir`. */
export function compilerFlags({ platform, defines }: Pick<LinkInput, "platform" | "defines">, dir: string): string[] {
  const runtime = join(packageRoot, "runtime");
  return [
    ...FLAGS,
    ...platform.flags,
    ...includeFolders(platform).flatMap((name) => ["-I", join(runtime, name)]),
    // Paths in the debug information are the same wherever the package and the temporary folder lie.
    ...[`-ffile-prefix-map=${runtime}=~runtime`, `-ffile-prefix-map=${dir}=.`, "-fdebug-compilation-dir=."],
    ...Object.entries(defines).map(([name, value]) => `-D${name}=${value}`),
    ...(defines.PRECISE_TRAPS ? PRECISE_FLAGS : []),
  ];
}

/** clang's assembly of a module as the platform wants it, and the options to assemble it. */
export function improved(assembly: string, { improve }: Platform): { text: string; flags: readonly string[] } {
  if (!improve) return { text: assembly, flags: [] };
  return { text: improve.text(assembly).replace(FILE_IN_DOT, "$1"), flags: [...improve.flags, ...ASSEMBLER_FLAGS] };
}

export async function compileAndLink(input: LinkInput): Promise<Linked> {
  const { clang, "ld.lld": lld, "llvm-objcopy": objcopy } = compiler();
  const { platform } = input;
  const dir = await mkdtemp(join(tmpdir(), "jh-build-"));
  try {
    const folder = join(packageRoot, "runtime", platform.folder);
    const flags = compilerFlags(input, dir);
    const compile = (file: string, object: string, extra: readonly string[] = []) =>
      run(clang.path, [...flags, ...extra, "-c", file, "-o", object], { cwd: dir, maxBuffer: 1 << 26 });
    await writeFile(join(dir, "image.c"), input.source);
    const parts = platform.parts.map((part, i) => ({ ...part, object: `part${i}.o` }));
    const compileModule = async () => {
      if (!platform.improve || input.optimize === "debug")
        return compile("image.c", "image.o", [OPTIMIZE[input.optimize]]);
      await compile("image.c", "image.s", [OPTIMIZE[input.optimize], "-S"]);
      const better = improved(await readFile(join(dir, "image.s"), "utf8"), platform);
      await writeFile(join(dir, "image.s"), better.text);
      const assembling = [...platform.flags, ...better.flags, "-c", "image.s", "-o", "image.o"];
      return run(clang.path, assembling, { cwd: dir });
    };
    await Promise.all([
      compileModule(),
      ...parts.map((part) => compile(join(folder, part.file), part.object, part.flags)),
    ]);
    const symbols = Object.entries(input.symbols).map(([name, value]) => `--defsym=${name}=${value}`);
    const objects = [...parts.map((part) => part.object), "image.o"];
    const link = async (holes: readonly (readonly string[])[]) => {
      for (const [i, { name }] of platform.holes.entries())
        await writeFile(join(dir, `${name}.ld`), holeScript(holes[i] ?? []));
      const options = [
        ...platform.linkerFlags,
        "--gc-sections",
        ...NOWHERE,
        "--build-id=none",
        "--no-undefined",
        ...symbols,
        "-T",
        join(folder, platform.linkerScript),
      ];
      await run(lld.path, [...options, ...objects, "-o", "image.elf"], { cwd: dir });
      return readFile(join(dir, "image.elf"));
    };
    let elf = await link([]);
    if (platform.holes.length > 0) elf = await link(fillHoles(elfSymbols(elf), platform.holes));
    renameForDebugger(elf);
    await run(objcopy.path, ["-O", "binary", "image.elf", "image.bin"], { cwd: dir });
    return { elf, bin: await readFile(join(dir, "image.bin")) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
