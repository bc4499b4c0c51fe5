import { defineCell, qemuArm64, zynqmpZcu102 } from "jh-inmate/config";

export default [
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "latency",
    ram: { physical: 0x78000000, size: "5M" },
  }),
  // On CPU 0, which is root's on a board (there it is to be another one): the bombs have CPUs 1 to 3, and in the simulator is no root.
  defineCell({
    board: zynqmpZcu102,
    extend: "zynqmp-zcu102-inmate-demo",
    name: "latency",
    cpus: [0],
    ram: { physical: 0x802600000, size: "5M" },
  }),
];
