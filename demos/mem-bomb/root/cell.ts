import { defineCell, qemuArm64 } from "jh-inmate/config";

export default defineCell({
  board: qemuArm64,
  extend: "qemu-arm64-inmate-demo",
  name: "root-stand-in",
  cpus: [2],
  // The other cell is the link's peer.
  ivshmem: [],
  ram: { physical: 0x78600000, size: "64K" },
  add: {
    memory: [{ address: 0x500000, physical: 0x7e000000, size: "4K", flags: ["read", "write", "io", "rootshared"] }],
  },
});
