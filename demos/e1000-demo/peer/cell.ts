import { defineCell, qemuX86 } from "jh-inmate/config";

/** The other network card, at 00:1a.0 (QEMU: `-device e1000,addr=1a.0`), and RAM and a CPU of its own. */
export default defineCell({
  board: qemuX86,
  extend: "e1000-demo",
  name: "e1000-peer",
  cpus: [3],
  memory: [
    { address: 0, physical: 0x3a600000, size: "1M", flags: ["read", "write", "execute", "dma", "loadable"] },
    { address: 0x100000, physical: 0, size: "4K", flags: ["read", "write", "comm"] },
    { address: 0xfebe0000, size: "128K", flags: ["read", "write"] },
  ],
  pci: [{ bdf: "00:1a.0" }],
});
