import { defineCell, qemuArm64, zynqmpZcu102 } from "jh-inmate/config";

/** The page that whoever commands the bomb has, too. */
const control = {
  address: 0x500000,
  physical: 0x7e000000,
  size: "4K",
  flags: ["read", "write", "io", "rootshared"],
} as const;

export default [
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "mem-bomb-0",
    ram: { physical: 0x78000000, size: "5M" },
    add: { memory: [control] },
  }),
  defineCell({ board: zynqmpZcu102, extend: "zynqmp-zcu102-bomb0" }),
];
