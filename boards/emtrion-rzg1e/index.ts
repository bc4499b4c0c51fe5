/** emtrion's emCON-RZ/G1E. */
import { defineBoard } from "../define/board.ts";
import * as emcon from "../soc-rzg1/emcon.ts";
import { type Block, devicesOf, gic } from "../soc-rzg1/rzg1.ts";

/** In the file's order. */
const roots: readonly Block[] = [
  ...(["cpg", "apmu", "irqc", "cmt0", "cmt1", "tmu0", "hscif2", "avb", "mmcif0", "usb0", "vspd0", "du"] as const),
  ...(["can0", "can1", "i2c0", "i2c2", "i2c3"] as const),
];

export const emtrionRzg1e = defineBoard({
  name: "emtrion-rzg1e",
  arch: "arm",
  title: "emtrion emCON-RZ/G1E: Renesas RZ/G1E, two Cortex-A7, GICv2",
  consoles: {
    debug: emcon.debugUart({ type: "HSCIF", block: "hscif2", mstp: 713 }),
    // SCIF4: its registers that a console needs are where HSCIF has them.
    inmate: emcon.inmateUart({ type: "HSCIF", block: "scif4", mstp: 715, divider: 16 }),
  },
  gic,
  timer: emcon.timer,
  inmateMemory: emcon.inmateMemory,
  kernelArguments: emcon.kernelArguments,
  notes: [...emcon.notes, "Both stock cells want CPU 1: run one at a time."],
  devices: devicesOf([...roots, "rst", "scif4", "sdhi0"]),
  system: emcon.emconSystem("emCON-RZ/G1E", [0, 1], 0x7c000000, roots),
  cells: {
    "emtrion-rzg1e-inmate-demo": emcon.inmateDemo("emtrion-emconrzg1e-inmate-demo", emcon.uartRegisters("scif4")),
    "emtrion-rzg1e-linux-demo": emcon.linuxDemo("emtrion-emconrzg1e-linux-demo", 1, "scif4", []),
  },
  inmateCell: "emtrion-rzg1e-inmate-demo",
  rt: {},
});
