/** What an image is built on: a folder of `runtime/` and how its parts are compiled and linked. Data only. */
import type { ImageArch } from "../../runtime/intrinsics.ts";
import { ARM64_CODE, type CodeForms, X86_32_CODE, X86_64_CODE } from "./machine-code.ts";
import { ARM64_LAYOUT, type Layout, X86_32_LAYOUT, X86_64_LAYOUT } from "./memory-plan.ts";
import { withoutZeroExtensions } from "./zero-extension.ts";

export interface Platform {
  readonly name: ImageArch;
  /** Folder in `sdk/` that `jh-inmate/machine/…` stands for. */
  readonly machine: string;
  /** Folder in `runtime/`. */
  readonly folder: string;
  /** Others, with what it has in common with other platforms. */
  readonly common?: readonly string[];
  /** Options of clang for every part. */
  readonly flags: readonly string[];
  /** What is made of clang's assembly of the module, and options for it to be assembled. */
  readonly improve?: { readonly text: (assembly: string) => string; readonly flags: readonly string[] };
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
  /**
   * What the vectors push before they call C, bytes: struct fault_frame, an interrupt's registers without and with floating point, and, on the
   * stack in use, what they push before they change to their own.
   */
  readonly frames: {
    readonly fault: number;
    readonly integers: number;
    readonly all: number;
    readonly interrupted: number;
  };
  readonly code: CodeForms;
}

/** Armv8.0 without LSE, with what Cortex-A53's errata 835769 and 843419 need; x18 stays free for the platform (AAPCS64 6.1.1). */
export const ARM64_FLAGS = ["--target=aarch64-none-elf", "-march=armv8-a", "-mfix-cortex-a53-835769", "-ffixed-x18"];
export const ARM64_LINKER_FLAGS = ["--fix-cortex-a53-843419"];
/**
 * The shift of an index is part of the addressing, but clang counts it as an instruction of the loop. With the usual threshold of 28 a copying loop
 * would be unrolled half as often as without it; 34 is the least where it makes no difference.
 */
export const X86_64_UNROLL = ["-mllvm", "-unroll-partial-threshold=34"];
/** SSE2 is what every x86-64 has. Handlers run on stacks of their own, but a fault in a function without a frame would lose its caller. */
export const X86_64_FLAGS = [
  "--target=x86_64-none-elf",
  "-march=x86-64",
  "-mno-red-zone",
  "-mno-omit-leaf-frame-pointer",
  ...X86_64_UNROLL,
];
/** To the assembler a CPU is no more than how long NOPs are: this one's are as long as those of the compiler itself. */
export const X86_64_IMPROVE = { text: withoutZeroExtensions, flags: ["-march=sandybridge"] };
/** SSE2, which all CPUs with virtualisation have; integers are kept out of its registers, so that few handlers need to save them. */
export const X86_32_FLAGS = [
  "--target=i386-none-elf",
  ...["-march=pentium4", "-mtune=generic", "-mfpmath=sse", "-mno-implicit-float", "-mstack-alignment=16"],
  // Arguments lie in the frame of the caller, where their bytes count.
  ...["-mllvm", "-no-x86-call-frame-opt"],
  "-mno-omit-leaf-frame-pointer",
];
const ARM64 = {
  layout: ARM64_LAYOUT,
  frames: { fault: 288, integers: 176, all: 688, interrupted: 0 },
  code: ARM64_CODE,
} as const;
const X86_64 = {
  layout: X86_64_LAYOUT,
  frames: { fault: 184, integers: 128, all: 640, interrupted: 0 },
  code: X86_64_CODE,
} as const;
const NO_FP = ["-mgeneral-regs-only"];

const X86 = {
  machine: "x86",
  common: ["x86"],
  between: [
    ...["data.h", "intrinsics.h", "calls.h", "ram.c", "segments.c", "avx.c"],
    ...["cpus.c", "fault.c", "backtrace.c", "report.c"],
  ],
  parts: [{ file: "start.S" }, { file: "vectors.S" }, { file: "../x86/tables.c", flags: ["-Oz", "-fno-builtin"] }],
  linkerScript: "../x86/image.ld",
  holes: [{ name: "hole_boot", end: 0x1000 }],
  linkerFlags: [],
} as const satisfies Partial<Platform>;

export const PLATFORMS: Readonly<Record<ImageArch, Platform>> = {
  arm64: {
    name: "arm64",
    machine: "arm64",
    folder: "arm64",
    flags: ARM64_FLAGS,
    before: ["machine.h", "wasm.h"],
    between: ["data.h", "intrinsics.h", "calls.h", "ram.c", "cpus.c", "fault.c", "backtrace.c", "report.c"],
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
    folder: "x86-64",
    flags: X86_64_FLAGS,
    improve: X86_64_IMPROVE,
    before: ["machine.h", "wasm.h"],
    after: ["memory.c", "float.c", "main.c"],
    ...X86,
    ...X86_64,
  },
  "x86-32": {
    name: "x86-32",
    folder: "x86-32",
    flags: X86_32_FLAGS,
    before: ["machine.h", "reach.h", "wasm.h"],
    after: ["memory.c", "float.c", "long.c", "main.c"],
    ...X86,
    layout: X86_32_LAYOUT,
    // The double fault makes its struct fault_frame on the stack for reports.
    frames: { fault: 128, integers: 16, all: 544, interrupted: 64 },
    code: X86_32_CODE,
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

/** Folders of `runtime/` in which includes are searched for, in this order. */
export function includeFolders({ folder, common }: Platform): string[] {
  return [folder, ...(common ?? []), "wasm"];
}
