import { defineCell, qemuArm64, qemuX86 } from "jh-inmate/config";

/** The boards' link for demos. Root is peer 0, the cell of the folder above peer 1. */
const link = { domain: 0, stateSize: "4K", commonSize: "36K", outputSize: "8K", peers: 3 } as const;

export default [
  defineCell({
    board: qemuArm64,
    extend: "qemu-arm64-inmate-demo",
    name: "ivshmem-peer",
    cpus: [2],
    ram: { physical: 0x78100000, size: "1M" },
    ivshmem: [{ link: { ...link, bdf: "00:00.0", base: 0x7faf0000 }, id: 2 }],
    pciInterrupt: 145,
    interrupts: [145],
  }),
  defineCell({
    board: qemuX86,
    extend: "ivshmem-demo",
    name: "ivshmem-peer",
    cpus: [2],
    ram: { physical: 0x3a600000, size: "1M" },
    ivshmem: [{ link: { ...link, bdf: "01:0e.0", base: 0x3f0f0000, vectors: 16 }, id: 2 }],
  }),
];
