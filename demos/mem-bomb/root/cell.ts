import { defineCell, qemuArm64, zynqmpZcu102 } from "jh-inmate/config";

const flags = ["read", "write", "io", "rootshared"] as const;

export default [
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "root-stand-in",
    cpus: [2],
    // The other cell is the link's peer.
    ivshmem: [],
    ram: { physical: 0x78600000, size: "512K" },
    add: { memory: [{ address: 0x500000, physical: 0x7e000000, size: "4K", flags }] },
  }),
  // Beside zynqmp-zcu102-bomb0.
  defineCell({
    board: zynqmpZcu102,
    extend: "zynqmp-zcu102-inmate-demo",
    format: "rt",
    name: "root-stand-in",
    cpus: [2],
    ram: { physical: 0x802600000, size: "64K" },
    add: { memory: [{ address: 0x500000, physical: 0x820000000, size: "4K", flags }] },
  }),
];
