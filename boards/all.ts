/** The boards, in the order in which they are listed. */

import { amdSeattle } from "./amd-seattle/index.ts";
import { bananapi } from "./bananapi/index.ts";
import type { Board } from "./board.ts";
import { emtrionRzg1e } from "./emtrion-rzg1e/index.ts";
import { emtrionRzg1h } from "./emtrion-rzg1h/index.ts";
import { emtrionRzg1m } from "./emtrion-rzg1m/index.ts";
import { espressobin } from "./espressobin/index.ts";
import { f2a88xmHd3 } from "./f2a88xm-hd3/index.ts";
import { foundationV8 } from "./foundation-v8/index.ts";
import { hikey } from "./hikey/index.ts";
import { imbA180 } from "./imb-a180/index.ts";
import { imx8dxl } from "./imx8dxl/index.ts";
import { imx8mm } from "./imx8mm/index.ts";
import { imx8mn } from "./imx8mn/index.ts";
import { imx8mp } from "./imx8mp/index.ts";
import { imx8mq } from "./imx8mq/index.ts";
import { imx8qm } from "./imx8qm/index.ts";
import { jetsonTk1 } from "./jetson-tk1/index.ts";
import { jetsonTx1 } from "./jetson-tx1/index.ts";
import { jetsonTx2 } from "./jetson-tx2/index.ts";
import { k3Am625Sk } from "./k3-am625-sk/index.ts";
import { k3Am654Idk } from "./k3-am654-idk/index.ts";
import { k3J721eEvm } from "./k3-j721e-evm/index.ts";
import { k3J7200Evm } from "./k3-j7200-evm/index.ts";
import { ls1028aRdb } from "./ls1028a-rdb/index.ts";
import { ls1043aRdb } from "./ls1043a-rdb/index.ts";
import { ls1046aRdb } from "./ls1046a-rdb/index.ts";
import { ls1088aRdb } from "./ls1088a-rdb/index.ts";
import { ls2088aRdb } from "./ls2088a-rdb/index.ts";
import { macchiatobin } from "./macchiatobin/index.ts";
import { miriacSbcLs1046a } from "./miriac-sbc-ls1046a/index.ts";
import { orangepi0 } from "./orangepi0/index.ts";
import { pine64Plus } from "./pine64-plus/index.ts";
import { qemuArm } from "./qemu-arm/index.ts";
import { qemuArm64 } from "./qemu-arm64/index.ts";
import { qemuArm64Gicv2 } from "./qemu-arm64-gicv2/index.ts";
import { qemuX86 } from "./qemu-x86/index.ts";
import { rpi4 } from "./rpi4/index.ts";
import { s32v234sbc } from "./s32v234sbc/index.ts";
import { ultra96 } from "./ultra96/index.ts";
import { vexpressA15 } from "./vexpress-a15/index.ts";
import { zynqmpZcu102 } from "./zynqmp-zcu102/index.ts";

export const all: readonly Board[] = [
  amdSeattle,
  bananapi,
  emtrionRzg1e,
  emtrionRzg1h,
  emtrionRzg1m,
  espressobin,
  f2a88xmHd3,
  foundationV8,
  hikey,
  imbA180,
  imx8dxl,
  imx8mm,
  imx8mn,
  imx8mp,
  imx8mq,
  imx8qm,
  jetsonTk1,
  jetsonTx1,
  jetsonTx2,
  k3Am625Sk,
  k3Am654Idk,
  k3J7200Evm,
  k3J721eEvm,
  ls1028aRdb,
  ls1043aRdb,
  ls1046aRdb,
  ls1088aRdb,
  ls2088aRdb,
  macchiatobin,
  miriacSbcLs1046a,
  orangepi0,
  pine64Plus,
  qemuArm,
  qemuArm64,
  qemuArm64Gicv2,
  qemuX86,
  rpi4,
  s32v234sbc,
  ultra96,
  vexpressA15,
  zynqmpZcu102,
];
