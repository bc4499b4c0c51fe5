/** The stock cells. CPU 0 is never theirs: the hypervisor keeps it for the root cell. */
import { ram } from "../define/regions.ts";
import type { CellSpec, MemorySpec } from "../define/specs.ts";
import type { CacheRegion } from "../model.ts";
import { bar, com1, com2, ports } from "../pc/pci.ts";
import * as machine from "./machine.ts";
import { apicDemoMemory, demoMemory, inmateMemory, mainlineLinks, rtLinks } from "./memory-map.ts";

const serials = [com2, com1];
/** The first UART of an OXPCIe952 card, as real machines may have it. */
const serialCard = ports(0xe010, 8);

/** For cells with regions behind it. */
const comm: MemorySpec = { address: 0x100000, physical: 0, size: "4K", flags: ["read", "write", "comm"] };

/** Ways of the last-level cache on Intel's CPUs with CAT; other CPUs ignore them. */
const l3 = (start: number, size: number): CacheRegion => ({ start, size, type: "l3", flags: [] });

const pciDemo = {
  cpus: [2],
  flags: ["passive-commreg", "virtual-console-permitted"],
  ports: [...serials, serialCard],
} satisfies CellSpec;
const demo = { ...pciDemo, ram: { physical: demoMemory.physical, size: demoMemory.size } } satisfies CellSpec;

export const cells = {
  // Not passive: its program answers the hypervisor's messages and may refuse to be shut down.
  "apic-demo": { ...demo, ram: apicDemoMemory, cpus: [3], flags: ["virtual-console-permitted"], caches: [l3(0, 2)] },
  "e1000-demo": {
    ...pciDemo,
    memory: [ram(demoMemory, "dma", "loadable"), comm, bar(machine.e1000Bar)],
    // The e1000's, and a serial card's.
    ports: [...serials, ports(0xc000, 0x3f), ports(0xe000, 8)],
    pci: [machine.e1000],
  },
  "ioapic-demo": {
    ...demo,
    // ACPI's interrupt, and its event registers on q35 and on other machines; the id is another machine's, too.
    irqchips: [{ id: 0xff01, pins: [9] }],
    ports: [...serials, ports(0x600, 4), ports(0x800, 4), serialCard],
  },
  "ivshmem-demo": { ...demo, cpus: [1], ivshmem: mainlineLinks.inmate, ports: serials },
  "linux-x86-demo": {
    cpus: [2, 3],
    flags: demo.flags,
    console: "none",
    ivshmem: mainlineLinks.linux,
    memory: [
      ram({ address: 0, physical: inmateMemory.physical, size: "1M" }, "dma", "loadable"),
      comm,
      ram({ address: 0x200000, physical: 0x3a700000, size: "71M" }, "dma", "loadable"),
    ],
    // COM2's and COM1's.
    interrupts: [3, 4],
    ports: demo.ports,
    // Of an e1000e that the cell does not get.
    pciCaps: [machine.e1000eCapabilities],
    caches: [l3(0, 2)],
  },
  "pci-demo": {
    ...pciDemo,
    memory: [ram(demoMemory, "loadable"), comm, bar(machine.rtBars.hda)],
    pci: [machine.hda],
  },
  "smp-demo": { ...demo, cpus: [1, 2, 3] },
  "tiny-demo": { ...demo, flags: [...demo.flags, "test-device"], caches: [l3(2, 1)] },
} satisfies Record<string, CellSpec>;

/** The fork has the ivshmem devices on another bus. */
export const rtCells = {
  "ivshmem-demo": { ivshmem: rtLinks.inmate },
  "linux-x86-demo": { ivshmem: rtLinks.linux },
} satisfies Record<string, CellSpec>;
