/** The machines whose cells the bench runs in. Data only. */
import { defineCell, type MemorySpec, qemuArm64, qemuX86 } from "../../boards/config.ts";
import type { Board, CellConfig } from "../../boards/index.ts";
import { PLATFORMS, type Platform } from "../../scripts/pipeline/platform.ts";

export type MachineName = "arm64" | "x86-64" | "x86-32";

export interface Machine {
  readonly name: MachineName;
  readonly platform: Platform;
  /** Folder in `cell/`: `count.h` counts instructions, `uart.h` prints, `controller.h` is the interrupt controller's part in C. */
  readonly folder: string;
  readonly board: Board;
  readonly cell: CellConfig;
}

/** What kernels/window.ts and bomb.ts map: RAM behind the image's. */
const window = ({ inmateMemory }: Board): MemorySpec => ({
  address: 0x400000,
  physical: (inmateMemory?.physical ?? 0n) + 0x1000000n,
  size: "1M",
  flags: ["read", "write"],
});

const arm64 = defineCell({
  ...{ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "bench" },
  ram: "4M",
  add: { memory: [window(qemuArm64)] },
});
const x86 = defineCell({
  ...{ board: qemuX86, extend: "tiny-demo", name: "bench" },
  add: { memory: [window(qemuX86)] },
});

export const MACHINES: readonly Machine[] = [
  { name: "arm64", platform: PLATFORMS.arm64, folder: "arm64", ...arm64 },
  { name: "x86-64", platform: PLATFORMS["x86-64"], folder: "x86", ...x86 },
  { name: "x86-32", platform: PLATFORMS["x86-32"], folder: "x86", ...x86 },
];
