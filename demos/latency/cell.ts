import { defineCell, qemuArm64 } from "jh-inmate/config";

export default defineCell({
  board: qemuArm64,
  extend: "qemu-arm64-inmate-demo",
  name: "latency",
  ram: { physical: 0x78000000, size: "5M" },
});
