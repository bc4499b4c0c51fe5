import { defineCell, qemuArm64, s32v234sbc, zynqmpZcu102 } from "jh-inmate/config";

const shared = ["read", "write", "io", "rootshared"] as const;
/** The DDR's performance monitor. */
const apm = { address: 0xfd0b0000, size: "4K", flags: shared } as const;

export default [
  defineCell({ board: s32v234sbc, extend: "s32v234sbc-prof" }),
  defineCell({
    board: zynqmpZcu102,
    extend: "zynqmp-zcu102-inmate-demo",
    name: "ddr-profiler",
    ram: "1M",
    // Linux, booted with mem=1536M, leaves what is above: the log, which root reads through /dev/mem.
    add: { memory: [apm, { address: 0x50000000, physical: 0x70000000, size: "64M", flags: shared }] },
  }),
  // RAM in the place of both boards' monitors: a cell beside this one plays them.
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "ddr-profiler",
    ram: { physical: 0x78000000, size: "512K" },
    add: {
      memory: [
        { address: 0x40036000, physical: 0x7e000000, size: "4K", flags: shared },
        { address: 0x400a2000, physical: 0x7e001000, size: "4K", flags: shared },
        { ...apm, physical: 0x7e002000 },
        { address: 0x50000000, physical: 0x7d000000, size: "1M", flags: shared },
      ],
    },
  }),
];
