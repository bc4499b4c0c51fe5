/** SolidRun's and Marvell's MACCHIATObin. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io, ram } from "../define/regions.ts";
import type { ConsoleSpec } from "../define/specs.ts";
import { sharing, virtualPci } from "../soc-armada/armada.ts";
import { devices } from "./machine.ts";

const uart: ConsoleSpec = { type: "8250", flags: ["mmio", "regdist4"], address: devices.uart0.address };

/** Of the 4 GiB the fourth lies behind the devices; this is its last quarter. */
const block = sharing(0x130000000, devices.uart0);
const upperRam = 0x100000000;

export const macchiatobin = defineBoard({
  name: "macchiatobin",
  arch: "arm64",
  title: "Marvell MACCHIATObin: Armada 8040, four Cortex-A72, GICv2, 4 GiB",
  consoles: { debug: { ...uart, size: "4K" }, inmate: uart },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { hz: 25_000_000, note: "the usual rate; a program reads CNTFRQ" },
  inmateMemory: block.inmateMemory,
  kernelArguments: ["mem=3840M"],
  notes: ["UART0 belongs to the hypervisor, root and the cells alike: their lines interleave."],
  devices,
  system: {
    hypervisorMemory: block.hypervisorMemory,
    pci: virtualPci,
    root: {
      name: "MACCHIATObin",
      cpus: range(0, 3),
      interrupts: range(32, 159),
      pciInterrupt: 108,
      ivshmem: block.rootLinks,
      memory: [
        // From the AP806's interrupt messages to the second CP110, of which root lacks the PCIe controllers.
        io({ address: devices.odmi.address, size: "67M" }),
        io(devices["cp0-pcie0-mmio"]),
        ram({ address: 0, size: "3G" }),
        ram({ address: upperRam, size: block.rootEnd - upperRam }),
      ],
    },
  },
  cells: {
    "macchiatobin-inmate-demo": block.inmateDemo,
    "macchiatobin-linux-demo": {
      // Linux reads the rates of its clocks there and must not set them: root owns them.
      ...block.linuxDemo(112, { ...devices["ap-syscon0"], size: "4K", flags: ["read", "io", "rootshared"] }),
      name: "MACCHIATObin-linux-demo",
      cpus: [2, 3],
      flags: ["passive-commreg", "virtual-console-permitted"],
    },
  },
  inmateCell: "macchiatobin-inmate-demo",
  rt: {},
});
