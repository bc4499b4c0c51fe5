/** Gigabyte's GA-F2A88XM-HD3 with an AMD A10-7800. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import * as apu from "../pc/amd-apu.ts";
import { bar, ports, readOnly } from "../pc/pci.ts";
import { devices, iommu, iommuCapabilities, pci } from "./machine.ts";

const system: SystemSpec = {
  ...apu.system,
  iommus: [iommu],
  root: {
    name: "F2A88XM-HD3",
    cpus: range(0, 3),
    // As /proc/iomem lists it.
    memory: [
      ram({ address: 0, size: 0x9f000 }, "dma"),
      bar({ address: 0xa0000, size: "128K" }), // VGA
      bar({ address: 0xc0000, size: "64K" }), // video ROM
      readOnly(0xe0000, 0x20000), // system ROM
      ram({ address: 0x100000, size: "15M" }, "dma"),
      ram({ address: 0x1000000, size: "16M" }, "dma"), // the kernel
      ram({ address: 0x2000000, size: "912M" }, "dma"),
      ram({ address: 0x3f200000, size: 0x2c6ed000 }, "dma"),
      ram({ address: 0x6b91d000, size: 0x2c3000 }, "dma"),
      bar({ address: 0x6bbe0000, size: 0xce000 }), // ACPI's
      ram({ address: 0x6d1c9000, size: "4K" }, "dma"),
      bar({ address: 0x6d1ca000, size: 0x206000 }), // ACPI's
      ram({ address: 0x6d3d0000, size: 0x481000 }, "dma"),
      ram({ address: 0x6dfe2000, size: 0x1e000 }, "dma"),
      ram({ address: 0x6e000000, size: "32M" }, "dma"), // up to the next multiple of 32 MiB
      ...Object.values(devices).map((device) => bar(device)),
      apu.inmateRegion,
    ],
    interrupts: range(0, 23),
    irqchips: [{ address: 0xfec01000, pins: range(0, 23) }],
    // The first for the two interrupt controllers and what lies between.
    ports: [ports(0x20, 8), ...apu.legacyPorts],
    pci,
  },
};

export const f2a88xmHd3 = defineBoard({
  ...apu.board,
  name: "f2a88xm-hd3",
  title: "Gigabyte GA-F2A88XM-HD3: AMD A10-7800, four CPUs",
  ioapics: [
    { address: 0xfec00000, id: 0 },
    { address: 0xfec01000, id: 0 },
  ],
  notes: apu.notes,
  devices,
  system,
  rt: { system: { root: { pciCaps: [iommuCapabilities] } } },
});
