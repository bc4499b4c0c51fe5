/** Arm's Versatile Express with two Cortex-A15. No Jailhouse has a configuration of it: this one is our own. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { demoLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, ConsoleSpec, SystemSpec } from "../define/specs.ts";
import { devices, fpga, gic, motherboard, qemu, tile } from "./machine.ts";

/**
 * How the 1 GiB of RAM is shared out:
 *
 *     0x80000000  768 MiB  Linux in the root cell (booted with mem=768M)
 *     0xb0000000  249 MiB  free: inmates with more RAM than the demo cell has
 *     0xbfa00000   64 KiB  inmate-demo
 *     0xbfaf0000   56 KiB  shared by root and inmate-demo: ivshmem-demo
 *     0xbfc00000    4 MiB  the hypervisor
 */
const inmateMemory = { physical: 0xb0000000, size: "249M" };
const hypervisorMemory = { physical: 0xbfc00000, size: "4M" };
/** Root and inmate-demo: there are no CPUs for a third. */
const link = { ...demoLink(0xbfaf0000), peers: 2 };

/** QEMU's GIC has SPI 0 to 63, the board's more; those from 43 to 63 raise nothing: the virtual PCI bus has them. */
const spis = range(32, 95);
const rootIntx = 88;
const inmateIntx = 92;

const uart: ConsoleSpec = { type: "PL011", flags: ["mmio", "regdist4"], address: devices.uart0.address };

const system: SystemSpec = {
  hypervisorMemory,
  // The hypervisor's own PCI host controller, in a reserved part of the tile's map; Linux sees it as this domain.
  pci: { mmconfigBase: 0x30000000, virtual: true, domain: 0 },
  root: {
    name: "vexpress-a15",
    cpus: range(0, qemu.cpus - 1),
    interrupts: spis,
    pciInterrupt: rootIntx,
    ivshmem: [{ link, id: 0 }],
    memory: [
      ...[...Object.values(motherboard), ...Object.values(fpga), ...Object.values(tile)].map((device) => io(device)),
      // RAM up to the end of inmate-demo's: what root does not have, it cannot load.
      ram({ address: qemu.memory.address, size: 0x3fa10000 }),
    ],
  },
};

const inmateDemo = {
  cpus: [1],
  ram: { physical: 0xbfa00000, size: "64K" },
  memory: [io(devices.uart0, "rootshared")],
  ivshmem: [{ link, id: 1 }],
  pciInterrupt: inmateIntx,
  // INTA of the link.
  interrupts: [inmateIntx],
} satisfies CellSpec;

export const vexpressA15 = defineBoard({
  name: "vexpress-a15",
  arch: "arm",
  title: "Arm Versatile Express V2P-CA15, two Cortex-A15, GICv2, 1 GiB (jh-inmate's own)",
  consoles: { debug: { ...uart, size: devices.uart0.size }, inmate: uart },
  gic,
  timer: { note: "24 MHz on the board, 62.5 MHz in QEMU; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=768M"],
  notes: [
    "Jailhouse names the board as supported, but has no configuration of it: this one is made from Arm's manuals.",
    "UART0 belongs to the hypervisor, root and the cell alike: their lines interleave.",
  ],
  devices,
  qemu,
  system,
  cells: { "vexpress-a15-inmate-demo": inmateDemo },
  inmateCell: "vexpress-a15-inmate-demo",
  rt: {},
});
