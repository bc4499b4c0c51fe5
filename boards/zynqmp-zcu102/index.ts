/** Xilinx' ZCU102 evaluation kit. */
import { defineBoard } from "../define/board.ts";
import { devices, gic, l2Colors, timer, xuartps } from "../soc-zynqmp/zynqmp.ts";
import { cells, rtChanges } from "./cells.ts";
import { inmateMemory } from "./memory-map.ts";
import { rtOnly } from "./rt-cells.ts";
import { rtSystem, rtSystems, system } from "./system.ts";

export const zynqmpZcu102 = defineBoard({
  name: "zynqmp-zcu102",
  arch: "arm64",
  title: "Xilinx ZCU102: ZynqMP ZU9EG, four Cortex-A53, GICv2, 4 GiB",
  consoles: { debug: { ...xuartps(devices.uart0), size: devices.uart0.size }, inmate: xuartps(devices.uart1) },
  gic,
  timer,
  colors: l2Colors,
  inmateMemory,
  kernelArguments: ["mem=1536M"],
  notes: [
    "UART0 is the hypervisor's and root's, UART1 the cells'.",
    "Instead of mem=, Linux' device tree can reserve 0x800000000-0x83fffffff; the real-time fork's linux-demo needs mem=.",
    "inmate-demo has no ivshmem device.",
    "Real-time fork, zynqmp-zcu102-rootcol: Linux in 12 of the L2's 16 colours, booted with mem=512M; 0 to 3 are left.",
    "Real-time fork, -rootcol and -smmu: the network of linux-demo and linux-demo-2 does not reach root.",
    "Real-time fork, -rootcol and -smmu: linux-demo-2 cannot be loaded; root does not cover its loader's memory.",
    "Real-time fork: MemGuard counts by PMU counter 5 and takes the PMU interrupts 175 to 178.",
    "Real-time fork: QoS needs Trusted Firmware-A patched for SMC 0x8400ff04 and 0x8400ff05.",
    "Real-time fork: bomb1 needs memory in the programmable logic; root does not cover it.",
  ],
  devices,
  system,
  cells,
  inmateCell: "zynqmp-zcu102-inmate-demo",
  rt: { system: rtSystem, systems: rtSystems, cells: { ...rtChanges, ...rtOnly } },
});
