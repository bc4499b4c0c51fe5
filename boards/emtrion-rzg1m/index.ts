/** emtrion's emCON-RZ/G1M. */
import { defineBoard } from "../define/board.ts";
import { io } from "../define/regions.ts";
import * as emcon from "../soc-rzg1/emcon.ts";
import { type Block, blocks, devicesOf, gic } from "../soc-rzg1/rzg1.ts";

/** In the file's order. */
const roots: readonly Block[] = [
  ...(["thermal", "cpg", "apmu", "irqc", "cmt0", "cmt1", "tmu0", "hscif0", "avb", "mmcif0", "usb0"] as const),
  ...(["vspd0", "du", "lvds", "can0", "can1", "i2c1", "i2c4", "i2c5", "i2c2"] as const),
  // VSPD0 once more: the reference has it twice.
  ...(["vspd0", "vspd1"] as const),
];

export const emtrionRzg1m = defineBoard({
  name: "emtrion-rzg1m",
  arch: "arm",
  title: "emtrion emCON-RZ/G1M: Renesas RZ/G1M, two Cortex-A15, GICv2",
  consoles: {
    debug: emcon.debugUart({ type: "HSCIF", block: "hscif0", mstp: 717 }),
    // SCIF4: its registers that a console needs are where HSCIF has them.
    inmate: emcon.inmateUart({ type: "HSCIF", block: "scif4", mstp: 715, divider: 16 }),
  },
  gic,
  timer: emcon.timer,
  inmateMemory: emcon.inmateMemory,
  kernelArguments: emcon.kernelArguments,
  notes: [...emcon.notes, "Both stock cells want CPU 1: run one at a time."],
  devices: devicesOf([...roots, "rst", "scif4", "sdhi0"]),
  system: emcon.emconSystem("emCON-RZ/G1M", [0, 1], 0x7c000000, roots),
  cells: {
    "emtrion-rzg1m-inmate-demo": emcon.inmateDemo("emtrion-emconrzg1m-inmate-demo", io(blocks.scif4)),
    "emtrion-rzg1m-linux-demo": emcon.linuxDemo("emtrion-emconrzg1m-linux-demo", 1, "scif4", [
      emcon.ca15rescnt,
      io(blocks.irqc, "io32"),
    ]),
  },
  inmateCell: "emtrion-rzg1m-inmate-demo",
  rt: {},
});
