/** The boards, in the order in which they are listed. */
import type { Board } from "./board.ts";
import { qemuArm64 } from "./qemu-arm64/index.ts";
import { qemuArm64Gicv2 } from "./qemu-arm64-gicv2/index.ts";

export const all: readonly Board[] = [qemuArm64, qemuArm64Gicv2];
