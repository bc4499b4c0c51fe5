/** NXP's evaluation board of the S32V234, in the real-time fork only. */
import { defineBoard } from "../define/board.ts";
import { cells } from "./cells.ts";
import { devices } from "./machine.ts";
import { rootprof, system } from "./system.ts";

export const s32v234sbc = defineBoard({
  name: "s32v234sbc",
  arch: "arm64",
  title: "NXP S32V234-SBC: four Cortex-A53, GICv2, 2 GiB",
  consoles: {
    // The type is none; what else there is about the UART stayed.
    debug: {
      type: "none",
      flags: ["mmio", "regdist4", "stray-type"],
      address: devices.linflex0.address,
      size: devices.linflex0.size,
    },
    inmate: { type: "none" },
  },
  gic: {
    version: 2,
    distributor: devices.gicd.address,
    cpuInterface: devices.gicc.address,
    hypervisorInterface: devices.gich.address,
    virtualInterface: devices.gicv.address,
  },
  timer: { note: "the rate is in CNTFRQ" },
  kernelArguments: ["mem=1984M"],
  notes: [
    "Only the real-time fork has this board.",
    "Its UART is a LINFlexD, which the hypervisor and the stock inmates cannot drive: their consoles have the type none; cells get its page and bring a driver of their own.",
    "The cells' page at 0xface is a trap: any access to it stops the CPU.",
    "The cells' RAM is covered by root's network sections and nothing else, its last page not even by them.",
    "s32v234sbc-prof needs the system s32v234sbc-rootprof, in which Linux has its second bank of RAM at 0x100000000 (mem=1G leaves it to the profiler).",
    "The firmware has no PSCI: the driver has to be built with its emulation.",
  ],
  devices,
  mainline: false,
  system,
  cells,
  rt: { systems: { "s32v234sbc-rootprof": rootprof } },
  inmateCell: "s32v234sbc-uart-demo",
});
