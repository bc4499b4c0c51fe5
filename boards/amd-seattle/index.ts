/** AMD's server SoC "Seattle". */
import { defineBoard } from "../define/board.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { cells } from "./cells.ts";
import { devices, inmateMemory } from "./machine.ts";
import { system } from "./system.ts";

const uart: ConsoleSpec = { type: "PL011", flags: ["mmio", "regdist4"], address: devices.serial0.address };

export const amdSeattle = defineBoard({
  name: "amd-seattle",
  arch: "arm64",
  title: "AMD Seattle: Opteron A1100, eight Cortex-A57, GICv2, PCIe, 16 GiB",
  consoles: { debug: { ...uart, size: devices.serial0.size }, inmate: uart },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { hz: 250_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory,
  kernelArguments: ["mem=15104M"],
  notes: [
    "mem= follows from the memory map: upstream names none.",
    "The PCI bus is the real one (MMCONFIG 0xf0000000, 256 buses); ivshmem devices stand on it as 00:0f.0, with MSI-X.",
    "The UART belongs to the hypervisor, root and the cells alike: their lines interleave.",
    "linux-demo takes the SerDes registers of both network ports: root's driver must not be at work on its own port.",
  ],
  devices,
  system,
  cells,
  inmateCell: "amd-seattle-inmate-demo",
  rt: {},
});
