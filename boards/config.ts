/** What a cell.ts or jh-inmate.config.ts imports ("jh-inmate/config"): the define functions, sizes, and the boards. */

export { amdSeattle } from "./amd-seattle/index.ts";
export { bananapi } from "./bananapi/index.ts";
export type { Board, Configurations, Gic, Ioapic } from "./board.ts";
export { defineBoard } from "./define/board.ts";
export { type CellDefinition, defineCell } from "./define/cell.ts";
export { range } from "./define/checks.ts";
export { defineInmate, type InmateConfig } from "./define/inmate.ts";
export { GiB, KiB, MiB, type Size } from "./define/sizes.ts";
export type {
  BoardSpec,
  CellSpec,
  ColoredSpec,
  ConsoleSpec,
  Device,
  GicSpec,
  IoapicSpec,
  IrqchipSpec,
  IvshmemLink,
  IvshmemSpec,
  MemorySpec,
  PciSpec,
  QemuMachine,
  RamSpec,
  RtSpec,
  SystemSpec,
} from "./define/specs.ts";
export { defineSystem, type SystemDefinition } from "./define/system.ts";
export { emtrionRzg1e } from "./emtrion-rzg1e/index.ts";
export { emtrionRzg1h } from "./emtrion-rzg1h/index.ts";
export { emtrionRzg1m } from "./emtrion-rzg1m/index.ts";
export { espressobin } from "./espressobin/index.ts";
export { f2a88xmHd3 } from "./f2a88xm-hd3/index.ts";
export { foundationV8 } from "./foundation-v8/index.ts";
export { hikey } from "./hikey/index.ts";
export { imbA180 } from "./imb-a180/index.ts";
export { imx8dxl } from "./imx8dxl/index.ts";
export { imx8mm } from "./imx8mm/index.ts";
export { imx8mn } from "./imx8mn/index.ts";
export { imx8mp } from "./imx8mp/index.ts";
export { imx8mq } from "./imx8mq/index.ts";
export { imx8qm } from "./imx8qm/index.ts";
export { jetsonTk1 } from "./jetson-tk1/index.ts";
export { jetsonTx1 } from "./jetson-tx1/index.ts";
export { jetsonTx2 } from "./jetson-tx2/index.ts";
export { k3Am625Sk } from "./k3-am625-sk/index.ts";
export { k3Am654Idk } from "./k3-am654-idk/index.ts";
export { k3J721eEvm } from "./k3-j721e-evm/index.ts";
export { k3J7200Evm } from "./k3-j7200-evm/index.ts";
export { ls1028aRdb } from "./ls1028a-rdb/index.ts";
export { ls1043aRdb } from "./ls1043a-rdb/index.ts";
export { ls1046aRdb } from "./ls1046a-rdb/index.ts";
export { ls1088aRdb } from "./ls1088a-rdb/index.ts";
export { ls2088aRdb } from "./ls2088a-rdb/index.ts";
export { macchiatobin } from "./macchiatobin/index.ts";
export { miriacSbcLs1046a } from "./miriac-sbc-ls1046a/index.ts";
export { orangepi0 } from "./orangepi0/index.ts";
export { pine64Plus } from "./pine64-plus/index.ts";
export { qemuArm } from "./qemu-arm/index.ts";
export { qemuArm64 } from "./qemu-arm64/index.ts";
export { qemuArm64Gicv2 } from "./qemu-arm64-gicv2/index.ts";
export { qemuX86 } from "./qemu-x86/index.ts";
export { rpi4 } from "./rpi4/index.ts";
export { s32v234sbc } from "./s32v234sbc/index.ts";
export { ultra96 } from "./ultra96/index.ts";
export { vexpressA15 } from "./vexpress-a15/index.ts";
export { zynqmpZcu102 } from "./zynqmp-zcu102/index.ts";
