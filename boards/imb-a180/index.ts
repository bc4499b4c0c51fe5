/** ASRock's IMB-A180 with an AMD G-Series SoC. */
import { defineBoard } from "../define/board.ts";
import { range } from "../define/checks.ts";
import { ram } from "../define/regions.ts";
import type { SystemSpec } from "../define/specs.ts";
import * as apu from "../pc/amd-apu.ts";
import { bar, ports, readOnly } from "../pc/pci.ts";
import { devices, pci } from "./machine.ts";

const system: SystemSpec = {
  ...apu.system,
  root: {
    name: "IMB-A180",
    cpus: range(0, 3),
    // As /proc/iomem lists it.
    memory: [
      ram({ address: 0, size: 0x9f000 }, "dma"),
      bar({ address: 0xa0000, size: "128K" }), // VGA
      readOnly(0xc0000, 0xf000), // video ROM
      readOnly(0xe0000, 0x20000), // system ROM
      ram({ address: 0x100000, size: "943M" }, "dma"),
      ram({ address: 0x3f200000, size: 0x5e911000 }, "dma"),
      ram({ address: 0x9db41000, size: 0x13f000 }, "dma"),
      readOnly(0x9dc80000, 0x4c9000), // ACPI's
      ram({ address: 0x9ede5000, size: "4K" }, "dma"),
      readOnly(0x9ede6000, 0x8000), // ACPI's
      ram({ address: 0x9edee000, size: 0x155000 }, "dma"),
      ram({ address: 0x9f42d000, size: 0x43000 }, "dma"),
      ram({ address: 0x9f7f1000, size: 0xf000 }, "dma"),
      ram({ address: 0x9f800000, size: "8M" }, "dma"), // up to the next multiple of 32 MiB
      ...Object.values(devices).map((device) => bar(device)),
      // Above 4 GiB; why the first page is left out is not known.
      ram({ address: 0x100001000, size: 0x3efff000 }, "dma"),
      ram({ address: 0x13f000000, size: "16M" }, "dma"),
      apu.inmateRegion,
    ],
    interrupts: range(0, 23),
    ports: [ports(0x20, 2), ...apu.legacyPorts],
    pci,
  },
};

export const imbA180 = defineBoard({
  ...apu.board,
  name: "imb-a180",
  title: "ASRock IMB-A180: AMD G-Series, four CPUs, 4 GiB",
  ioapics: [{ address: 0xfec00000, id: 0 }],
  notes: [...apu.notes, "There is no IOMMU in the configuration: a device of a cell reaches all memory by DMA."],
  devices,
  system,
  rt: {},
});
