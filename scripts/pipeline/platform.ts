/** What an image is built on: a folder of `runtime/` and how its parts are compiled and linked. Data only. */
import type { ImageArch } from "../../runtime/intrinsics.ts";
import { ARM64_CODE, type CodeForms, X86_CODE } from "./machine-code.ts";
import { ARM64_LAYOUT, type Layout, X86_64_LAYOUT } from "./memory-plan.ts";

export interface Platform {
  readonly name: ImageArch;
  /** Folder in `sdk/` that `jh-inmate/machine/…` stands for. */
  readonly machine: string;
  /** Folder in `runtime/`, searched for includes before `runtime/wasm`. */
  readonly folder: string;
  /** Options of clang for every part. */
  readonly flags: readonly string[];
  /** Included around the module's C, in this order, into one translation unit: small intrinsics become single instructions. */
  readonly before: readonly string[];
  readonly between: readonly string[];
  readonly after: readonly string[];
  /** Translation units of their own: assembly, and C with options of its own. */
  readonly parts: readonly { readonly file: string; readonly flags?: readonly string[] }[];
  readonly linkerScript: string;
  /** Room that the linker script leaves between fixed addresses, from the symbol `__NAME` to `end`; the script includes `NAME.ld` there. */
  readonly holes: readonly { readonly name: string; readonly end: number }[];
  readonly linkerFlags: readonly string[];
  readonly layout: Layout;
  /** What the vectors push before they call C, bytes: struct fault_frame, and an interrupt's registers without and with floating point. */
  readonly frames: { readonly fault: number; readonly integers: number; readonly all: number };
  readonly code: CodeForms;
}

/** Armv8.0 without LSE, with what Cortex-A53's errata 835769 and 843419 need; x18 stays free for the platform (AAPCS64 6.1.1). */
export const ARM64_FLAGS = ["--target=aarch64-none-elf", "-march=armv8-a", "-mfix-cortex-a53-835769", "-ffixed-x18"];
export const ARM64_LINKER_FLAGS = ["--fix-cortex-a53-843419"];
/** SSE2 is what every x86-64 has. Handlers run on stacks of their own, but a fault in a function without a frame would lose its caller. */
export const X86_64_FLAGS = [
  "--target=x86_64-none-elf",
  "-march=x86-64",
  "-mno-red-zone",
  "-mno-omit-leaf-frame-pointer",
];
const ARM64 = { layout: ARM64_LAYOUT, frames: { fault: 288, integers: 176, all: 688 }, code: ARM64_CODE } as const;
const X86_64 = {
  layout: X86_64_LAYOUT,
  frames: { fault: 184, integers: 128, all: 640 },
  code: X86_CODE,
} as const;
const NO_FP = ["-mgeneral-regs-only"];

export const PLATFORMS: Readonly<Record<ImageArch, Platform>> = {
  arm64: {
    name: "arm64",
    machine: "arm64",
    folder: "arm64",
    flags: ARM64_FLAGS,
    before: ["machine.h", "wasm.h"],
    between: ["intrinsics.h", "calls.h", "ram.c", "cpus.c", "fault.c", "report.c"],
    after: ["memory.c", "main.c"],
    parts: [
      { file: "start.S" },
      { file: "vectors.S" },
      { file: "tables.c", flags: ["-Oz", "-mstrict-align", "-fno-builtin", ...NO_FP] },
    ],
    linkerScript: "image.ld",
    holes: [
      { name: "hole_start", end: 0x200 },
      { name: "hole_boot", end: 0x800 },
      { name: "hole_vectors", end: 0x1000 },
      ...Array.from({ length: 8 }, (_, i) => ({ name: `hole_vector${i}`, end: 0x880 + i * 0x80 })),
    ],
    linkerFlags: ARM64_LINKER_FLAGS,
    ...ARM64,
  },
  "x86-64": {
    name: "x86-64",
    machine: "x86",
    folder: "x86-64",
    flags: X86_64_FLAGS,
    before: ["machine.h", "wasm.h"],
    between: ["intrinsics.h", "calls.h", "ram.c", "segments.c", "cpus.c", "fault.c", "report.c"],
    after: ["memory.c", "float.c", "main.c"],
    parts: [{ file: "start.S" }, { file: "vectors.S" }, { file: "tables.c", flags: ["-Oz", "-fno-builtin"] }],
    linkerScript: "image.ld",
    holes: [{ name: "hole_boot", end: 0x1000 }],
    linkerFlags: [],
    ...X86_64,
  },
  "cellbox-arm64": {
    name: "cellbox-arm64",
    machine: "arm64",
    folder: "cellbox/arm64",
    flags: [...ARM64_FLAGS, ...NO_FP],
    before: ["machine.h", "wasm.h"],
    between: ["intrinsics.h"],
    after: ["memory.c", "main.c"],
    parts: [{ file: "start.S" }],
    linkerScript: "link.ld",
    holes: [],
    linkerFlags: [...ARM64_LINKER_FLAGS, "--strip-debug"],
    ...ARM64,
  },
  "cellbox-x86": {
    name: "cellbox-x86",
    machine: "x86",
    folder: "cellbox/x86",
    flags: [...X86_64_FLAGS, ...NO_FP],
    before: ["machine.h", "wasm.h"],
    between: ["intrinsics.h"],
    after: ["memory.c", "main.c"],
    parts: [{ file: "reset.S" }, { file: "start.S" }],
    linkerScript: "link.ld",
    holes: [],
    linkerFlags: ["--strip-debug"],
    ...X86_64,
  },
};
