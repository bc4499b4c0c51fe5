import { defineCell, qemuArm64, qemuX86 } from "jh-inmate/config";

export default [
  defineCell({ board: qemuArm64, extend: "qemu-arm64-inmate-demo", name: "smp-demo", cpus: [1, 2, 3, 4], ram: "1M" }),
  defineCell({ board: qemuX86, extend: "smp-demo" }),
];
