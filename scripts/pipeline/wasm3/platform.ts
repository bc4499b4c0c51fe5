/** What the images of wasm3 are built on: a compiled image's platform with the parts of `runtime/wasm3` in place of some of its own. */
import type { ImageArch } from "../../../runtime/intrinsics.ts";
import { PLATFORMS, type Platform } from "../platform.ts";

const PAGE = 4096;

/** The stacks are shared by C and the interpreter, which takes more than compiled code. */
export const ENGINE_STACKS = { main: 32 * 1024, handler: 12 * 1024, cpu: 12 * 1024, report: 8 * 1024 } as const;
/** An image has addresses for so many CPUs besides the first; RAM is taken for those that a program can start. */
export const ENGINE_MORE_CPUS = 15;

export interface EnginePlatform extends Platform {
  /** Where the module is loaded, from the reset address on: behind the image, at a page. */
  readonly moduleOffset: number;
  /** Bytes of RAM that the image can use. */
  readonly largestRam: number;
  readonly largestMainStack: number;
  /** RAM that goes into translation tables and wasm3's header, in a cell with so much. */
  readonly tables: (ram: number) => number;
}

export const INTERPRETER = ["-std=gnu11", "-O3", "-foptimize-sibling-calls", "-fomit-frame-pointer", "-w"];

const ARM64: EnginePlatform = {
  ...PLATFORMS.arm64,
  folder: "wasm3/arm64",
  common: ["wasm3", "arm64"],
  between: [
    ...["data.h", "intrinsics.h", "ram.c", "cpus.c", "fault.c", "fuel.h", "calls.h", "handlers.h"],
    ...["traps.c", "backtrace.c", "report.c"],
  ],
  parts: [
    { file: "../../arm64/start.S" },
    { file: "../../arm64/vectors.S" },
    { file: "tables.c", flags: ["-Oz", "-mstrict-align", "-fno-builtin", "-mgeneral-regs-only"] },
    { file: "../wasm3.c", flags: INTERPRETER },
  ],
  linkerScript: "../../arm64/image.ld",
  moduleOffset: 0x24000,
  largestRam: 64 * 1024 * 1024,
  largestMainStack: 84 * 1024,
  // By window and linear memory, 2 MiB a table.
  tables: (ram) => PAGE * (2 + 2 * Math.ceil(ram / 0x200000)),
};

const X86 = {
  between: [
    ...["data.h", "intrinsics.h", "ram.c", "segments.c", "avx.c", "cpus.c", "fault.c"],
    ...["fuel.h", "calls.h", "handlers.h", "traps.c", "backtrace.c", "report.c"],
  ],
  linkerScript: "../../x86/image.ld",
  moduleOffset: 0x2c000,
  largestRam: 0x100000,
  largestMainStack: 128 * 1024,
  tables: () => PAGE,
} as const;

const x86 = (name: "x86-64" | "x86-32"): EnginePlatform => ({
  ...PLATFORMS[name],
  folder: `wasm3/${name}`,
  common: ["wasm3/x86", "wasm3", name, "x86"],
  ...X86,
  parts: [
    { file: `../../${name}/start.S` },
    { file: `../../${name}/vectors.S` },
    { file: "../x86/tables.c", flags: ["-Oz", "-fno-builtin"] },
    { file: "../wasm3.c", flags: INTERPRETER },
  ],
});

const ENGINES: Partial<Readonly<Record<ImageArch, EnginePlatform>>> = {
  arm64: ARM64,
  "x86-64": x86("x86-64"),
  "x86-32": x86("x86-32"),
};

/** The engine's platform for that of a compiled image. */
export function enginePlatform({ name }: Platform): EnginePlatform {
  const platform = ENGINES[name];
  if (!platform) throw new Error(`wasm3 has no platform for ${name}`);
  return platform;
}
