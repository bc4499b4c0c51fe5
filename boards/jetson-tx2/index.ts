/** NVIDIA's Jetson TX2. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, ConsoleSpec } from "../define/specs.ts";
import { blocks, devices, gic } from "./machine.ts";

/**
 * How the 8 GiB of RAM are shared out:
 *
 *     0x080000000  7808 MiB  Linux in the root cell (booted with mem=7808M)
 *     0x26a000000    96 MiB  free: inmates with more RAM than the demo cell has
 *     0x270000000    16 MiB  inmate-demo
 *     0x271000000    64 MiB  the hypervisor
 *     0x277080000     2 MiB  Linux' persistent RAM (pstore)
 */
const inmateRam = { physical: 0x270000000, size: "16M" };
/** 32 MiB above mem=, which counts RAM: the boot loader leaves holes in it, so Linux ends a little higher. */
const inmateMemory = { physical: 0x26a000000, size: "96M" };
const hypervisorMemory = { physical: 0x271000000, size: "64M" };

const { address, size } = devices.uarta;
const uart: ConsoleSpec = { type: "8250", flags: ["mmio", "regdist4"], address };

const inmateDemo = {
  // Linux' CPU 0, a Cortex-A57: it boots there, and hands it over.
  cpus: [0],
  ram: inmateRam,
  memory: [io({ address, size: "4K" })],
} satisfies CellSpec;

export const jetsonTx2 = defineBoard({
  name: "jetson-tx2",
  arch: "arm64",
  title: "NVIDIA Jetson TX2: Tegra X2, four Cortex-A57 and two Denver 2, GICv2, 8 GiB",
  consoles: { debug: { ...uart, size }, inmate: uart },
  gic,
  timer: { hz: 31_250_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=7808M"],
  notes: [
    "Root has the Cortex-A57s, CPUs 0 and 3 to 5: the Denver CPUs, 1 and 2, must be off when Jailhouse is enabled.",
    "inmate-demo takes CPU 0 and UART-A from root; the hypervisor still prints there.",
    "There is no PCI, so no ivshmem.",
  ],
  devices,
  system: {
    hypervisorMemory,
    root: {
      name: "Jetson-TX2",
      cpus: [0, 3, 4, 5],
      interrupts: range(32, 319),
      memory: [
        // As memory, not as devices: the reference has it so, and Linux' own mapping decides.
        ...Object.values(blocks).map((block) => ram(block)),
        ram({ address: 0x80000000, size: "7936M" }),
        ram({ address: inmateRam.physical, size: inmateRam.size }),
        ram({ address: 0x277080000, size: "2M" }),
      ],
    },
  },
  cells: { "jetson-tx2-inmate-demo": inmateDemo },
  inmateCell: "jetson-tx2-inmate-demo",
  rt: {},
});
