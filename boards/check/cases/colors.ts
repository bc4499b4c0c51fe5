/** Mistakes with coloured memory (real-time fork). */
import type { ColoredRegion } from "../../model.ts";
import { arm64, comm, link, other, ram, rootDevices, uartPage } from "./arm64.ts";
import { type Case, sections } from "./fixture.ts";

/** RAM of 64 KiB, of which colours 0 to 3 are taken. */
const colored: ColoredRegion = { ...ram, physical: 0x78000000n, colors: 0xf000n };
const shared = sections(link, 1, "rootshared");
const withColored = (changes: Partial<ColoredRegion>, more: Partial<Parameters<typeof arm64>[0]> = {}) =>
  arm64({
    format: "rt",
    cell: { memory: [...shared, uartPage, comm], colored: [{ ...colored, ...changes }] },
    ...more,
  });
const coloredOther = (changes: Partial<ColoredRegion>) => ({
  ...other,
  memory: [...sections(link, 2, "rootshared"), uartPage, comm],
  colored: [{ ...colored, ...changes }],
});

export const colorCases: readonly Case[] = [
  {
    mistake: "no colour",
    id: "colors-none",
    set: withColored({ colors: 0n }),
    message:
      "cell demo: colored[0] RAM 0x0-0xffff (coloured, physical from 0x78000000) has none of the cache's 16 colours",
    remedy: "name at least one",
  },
  {
    mistake: "a size that is no number of periods",
    id: "colors-size",
    set: withColored({ size: 0x11000n }),
    message: "cell demo: colored[0] RAM 0x0-0x10fff (coloured, physical from 0x78000000) has 68 KiB in colours 0-3",
    remedy: "make it a multiple of 16 KiB",
  },
  {
    mistake: "memory between two periods",
    id: "colors-alignment",
    set: withColored({ physical: 0x78004000n }),
    message: "cell demo: colored[0] RAM 0x0-0xffff (coloured, physical from 0x78004000) is not aligned to 64 KiB",
    remedy: "begin at physical 0x78000000",
  },
  {
    mistake: "one colour for two",
    id: "colors-shared",
    set: withColored({}, { other: coloredOther({ physical: 0x78100000n, colors: 0x1e00n }) }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have memory of colour 3",
    remedy: "give each its own colours",
  },
  {
    mistake: "one colour for a cell and Linux",
    id: "colors-shared",
    set: withColored(
      {},
      {
        root: {
          memory: [...sections(link, 0), rootDevices],
          colored: [{ ...colored, address: 0x40000000n, physical: 0x40000000n, size: 0x10000000n, colors: 0x1fffn }],
        },
      },
    ),
    also: ["colors-size"],
    files: ["sys.cell", "demo.cell"],
    message: "root cell virt and cell demo both have memory of colour 3",
    remedy: "give each its own colours",
  },
  {
    mistake: "coloured memory of two cells at the same place",
    id: "memory-in-two-cells",
    set: withColored({}, { other: coloredOther({ colors: 0x1000n }) }),
    also: ["colors-shared"],
    files: ["demo.cell", "other.cell"],
    message:
      "cell demo and cell other both have physical 0x78000000-0x7803ffff: colored[0] RAM 0x0-0xffff (coloured, physical from 0x78000000) and colored[0] RAM 0x0-0xffff (coloured, physical from 0x78000000)",
    remedy: 'give each cell its own, or mark both regions "rootshared" to share them',
  },
  {
    mistake: "coloured memory over the hypervisor's",
    id: "hypervisor-memory-granted",
    set: withColored({ physical: 0x7fbe0000n }),
    files: ["demo.cell", "sys.cell"],
    message:
      "cell demo: colored[0] RAM 0x0-0xffff (coloured, physical from 0x7fbe0000) overlaps the hypervisor's memory 0x7fc00000-0x7fffffff",
    remedy: "end the region before it, or begin behind it",
  },
];
