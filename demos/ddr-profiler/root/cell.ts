import { defineCell, qemuArm64 } from "jh-inmate/config";

const shared = ["read", "write", "io", "rootshared"] as const;

export default defineCell({
  board: qemuArm64,
  extend: "qemu-arm64-inmate-demo",
  name: "root-stand-in",
  cpus: [2],
  // The other cell is the link's peer.
  ivshmem: [],
  ram: { physical: 0x78600000, size: "512K" },
  add: {
    memory: [
      { address: 0x40036000, physical: 0x7e000000, size: "4K", flags: shared },
      { address: 0x400a2000, physical: 0x7e001000, size: "4K", flags: shared },
      { address: 0x50000000, physical: 0x7d000000, size: "4K", flags: shared },
    ],
  },
});
