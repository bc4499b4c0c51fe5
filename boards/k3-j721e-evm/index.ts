/** TI's J721E evaluation module (DRA829, TDA4VM). */
import { defineBoard } from "../define/board.ts";
import * as j7 from "../soc-k3/jacinto7.ts";
import { byName, timer } from "../soc-k3/k3.ts";
import { cells, rtCells } from "./cells.ts";
import { devices, display, windows } from "./machine.ts";
import { rtSystem, system } from "./system.ts";

export const k3J721eEvm = defineBoard({
  name: "k3-j721e-evm",
  arch: "arm64",
  title: "TI J721E EVM: TDA4VM, two Cortex-A72, GICv3",
  consoles: j7.consoles,
  gic: j7.gic,
  timer,
  inmateMemory: j7.inmateMemory,
  kernelArguments: [],
  notes: j7.notes,
  devices: { ...devices, ...display, ...byName(windows) },
  system,
  cells,
  rt: { system: rtSystem, cells: rtCells },
  inmateCell: "k3-j721e-evm-inmate-demo",
});
