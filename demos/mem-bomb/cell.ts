import { defineCell, qemuArm64, s32v234sbc, zynqmpZcu102 } from "jh-inmate/config";

/** The page that whoever commands the bomb has, too. */
const control = (physical: number) =>
  ({ address: 0x500000, physical, size: "4K", flags: ["read", "write", "io", "rootshared"] }) as const;

export default [
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "mem-bomb-0",
    ram: { physical: 0x78000000, size: "5M" },
    add: { memory: [control(0x7e000000)] },
  }),
  defineCell({ board: zynqmpZcu102, extend: "zynqmp-zcu102-bomb0" }),
  // At the end of what the first memory controller has: Linux gets 1008 MiB of it (mem=1008M).
  defineCell({
    board: s32v234sbc,
    extend: "s32v234sbc-uart-demo",
    name: "mem-bomb-0",
    cpus: [1],
    memory: [
      { address: 0, physical: 0xbf000000, size: "5M", flags: ["read", "write", "execute", "loadable"] },
      { address: 0x40053000, size: "4K", flags: ["read", "write", "io", "rootshared"] },
      control(0xbf800000),
    ],
  }),
];
