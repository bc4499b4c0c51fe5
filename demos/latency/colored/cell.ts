import { defineCell, zynqmpZcu102 } from "jh-inmate/config";

/** The upper half of the L2's sixteen colours; the fork's coloured bombs have the lower one. */
export default defineCell({
  board: zynqmpZcu102,
  extend: "zynqmp-zcu102-inmate-col-demo",
  name: "latency",
  cpus: [0],
  colored: [
    {
      address: 0,
      physical: 0x810000000,
      size: "5M",
      flags: ["read", "write", "execute", "loadable"],
      colors: [8, 9, 10, 11, 12, 13, 14, 15],
    },
  ],
});
