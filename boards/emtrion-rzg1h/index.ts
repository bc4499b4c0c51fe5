/** emtrion's emCON-RZ/G1H. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { io } from "../define/regions.ts";
import * as emcon from "../soc-rzg1/emcon.ts";
import { type Block, blocks, devicesOf, gic } from "../soc-rzg1/rzg1.ts";

/** In the file's order. */
const roots: readonly Block[] = [
  ...(["sys-dmac0", "sys-dmac1", "sdhi1", "pwm", "r-gp2d", "thermal", "cpg"] as const),
  ...(["apmu", "apmu-ca15", "apmu-common", "rst", "irqc", "cmt0", "cmt1", "tmu0"] as const),
  ...(["scifa1", "avb", "mmcif1", "usb0", "du", "lvds", "can0", "can1"] as const),
  ...(["i2c0", "i2c1", "i2c2", "i2c3", "iic0", "iic1", "iic2", "iic3"] as const),
  ...(["vspr", "vsps", "vspd0", "vspd1"] as const),
];

const linux = emcon.linuxDemo("emtrion-emconrzg1h-linux-demo", 3, "scifa0", [
  emcon.ca15rescnt,
  io(blocks.irqc, "io32"),
]);

export const emtrionRzg1h = defineBoard({
  name: "emtrion-rzg1h",
  arch: "arm",
  title: "emtrion emCON-RZ/G1H: Renesas RZ/G1H, four Cortex-A15 and four Cortex-A7, GICv2, 2 GiB",
  consoles: {
    debug: emcon.debugUart({ type: "SCIFA", block: "scifa1", mstp: 203 }),
    inmate: emcon.inmateUart({ type: "SCIFA", block: "scifa0", mstp: 204, divider: 27 }),
  },
  gic,
  timer: emcon.timer,
  inmateMemory: emcon.inmateMemory,
  kernelArguments: emcon.kernelArguments,
  notes: [
    ...emcon.notes,
    "linux-demo gets interrupt 144 instead of SCIFA0's, 176: its console works by polling only.",
    "Root has the RAM below 0x7bf00000 only; the hypervisor is at the end of the second GiB.",
  ],
  devices: devicesOf([...roots, "scifa0", "sdhi0"]),
  system: emcon.emconSystem("emCON-RZ/G1H", range(0, 7), 0xbc000000, roots),
  cells: {
    "emtrion-rzg1h-inmate-demo": emcon.inmateDemo("emtrion-emconrzg1h-inmate-demo", io(blocks.scifa0)),
    "emtrion-rzg1h-linux-demo": {
      ...linux,
      interrupts: [],
      irqchips: [
        // SCIFA0's SPI 144 would be ID 176, in the entry of base 160; the reference has 144 with a base of its own.
        { pinBase: 128, pins: [144] },
        { pinBase: 160, pins: [blocks.sdhi0.interrupt] },
        { pinBase: 288, pins: [blocks.i2c2.interrupt] },
      ],
    },
  },
  inmateCell: "emtrion-rzg1h-inmate-demo",
  rt: {},
});
