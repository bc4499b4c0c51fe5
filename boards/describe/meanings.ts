/** What the words of a configuration mean on the target. */
import type { CellFlag, ConsoleFlag, IommuType, MemoryFlag, SystemFlag } from "../format/words.ts";

export const memoryMeanings: Readonly<Record<MemoryFlag, string>> = {
  read: "the cell can read it",
  write: "the cell can write it",
  execute: "the cell can run code in it (on Arm it always can)",
  dma: "the cell's devices reach it through the IOMMU",
  io: "device memory: accesses are neither cached nor reordered (Arm)",
  comm: "a page of the hypervisor's: the cell's state, messages, console and addresses",
  loadable: 'root can write it between "jailhouse cell load" and "start"',
  rootshared: "root keeps it, too",
  "no-hugepages": "mapped by pages of 4 KiB only",
  "io-unaligned": "accesses need not be aligned",
  io8: "8-bit accesses are let through",
  io16: "16-bit accesses are let through",
  io32: "32-bit accesses are let through",
  io64: "64-bit accesses are let through",
};

export const cellMeanings: Readonly<Record<CellFlag, string>> = {
  "passive-commreg": "the hypervisor sends the cell no messages and takes every request as approved",
  "test-device": "a page of test registers behind the comm region (x86, hypervisors built for tests)",
  aarch32: "the CPUs start in 32-bit state",
  "virtual-console-permitted": "the cell may print on the hypervisor's console",
  "virtual-console-active": "the cell should print on the hypervisor's console unless told otherwise",
};

export const systemMeanings: Readonly<Record<SystemFlag, string>> = {
  "virtual-debug-console": 'root may read the hypervisor\'s log ("jailhouse console")',
};

/** Besides those that are said in words of their own: mmio and regdist4. */
export const consoleMeanings: Readonly<Record<Exclude<ConsoleFlag, "mmio" | "regdist4" | "fb-1920x1080">, string>> = {
  "inverted-gate": "the clock runs while the gate bit is clear",
  "mdr-quirk": "needs its MDR1 register written first (TI)",
  "stray-type": "stray flag 0x8, without effect",
};

export const iommuNames: Readonly<Record<IommuType, string>> = {
  unused: "unused",
  amd: "AMD IOMMU",
  intel: "Intel VT-d",
  smmuv3: "Arm SMMUv3",
  pvu: "TI PVU",
  mmu500: "Arm MMU-500",
  smmuv2: "Arm SMMUv2",
};
