/** I/O ports, cache ways and IOMMU streams. */
import { hex } from "../define/sizes.ts";
import type { CellConfig, PortRange } from "../model.ts";
import { cellOf, type Subject } from "./subject.ts";
import { pairs, plural, table } from "./text.ts";

/** What a PC has at its well-known ports. */
const pcPorts: readonly (readonly [first: number, last: number, what: string])[] = [
  [0x20, 0x21, "8259 PIC"],
  [0x40, 0x43, "8254 PIT"],
  [0x60, 0x60, "i8042 data"],
  [0x61, 0x61, "speaker and NMI status"],
  [0x64, 0x64, "i8042 command (intercepted)"],
  [0x70, 0x71, "CMOS clock"],
  [0x1ce, 0x1cf, "Bochs VBE"],
  [0x2f8, 0x2ff, "COM2"],
  [0x3b0, 0x3df, "VGA"],
  [0x3f0, 0x3f7, "floppy disk"],
  [0x3f8, 0x3ff, "COM1"],
  [0x402, 0x402, "QEMU's debug console"],
  [0xcf8, 0xcff, "PCI configuration (trapped)"],
];

export function portLines({ ports }: CellConfig): string[] {
  return table(ports.map((range) => [portRange(range), plural(range.length, "port"), portUsers(range)]));
}

export function portRange({ base, length }: PortRange): string {
  const port = (number: number) => hex(BigInt(number));
  return length <= 1 ? port(base) : `${port(base)}-${port(base + length - 1)}`;
}

function portUsers({ base, length }: PortRange): string {
  return pcPorts
    .filter(([first, last]) => first < base + length && base <= last)
    .map(([, , what]) => what)
    .join(", ");
}

/** Intel CAT: each bit of the capacity mask stands for a part of the L3 cache. */
export function cacheLines({ caches }: CellConfig): string[] {
  const kinds = { "l3-code": "L3, code only", "l3-data": "L3, data only", l3: "L3" } as const;
  return caches.map(({ start, size, type, flags }) => {
    const bits = size === 1 ? `bit ${start}` : `bits ${start}-${start + size - 1}`;
    return `  ${kinds[type]}: ${bits} of the capacity mask${flags.includes("rootshared") ? ", shared with root" : ""}`;
  });
}

/**
 * Stream ids by the IOMMU's kind. The real-time fork's SMMUv2 takes pairs of id and mask, where a 0 in the mask is not
 * compared; mainline's MMU-500 has in the upper half the bits that it does not compare.
 */
export function streamLines({ config, format, board }: Subject): string[] {
  const { streamIds } = cellOf(config);
  const iommus = (config.kind === "system" ? config : board?.[format]?.system)?.iommus ?? [];
  const kinds = iommus.map(({ type }) => type);
  const id = (value: number) => hex(BigInt(value));
  if (kinds.includes("smmuv2")) {
    const even = streamIds.filter((_, index) => index % 2 === 0);
    return pairs(even.map((value, index) => [id(value), `compared in the bits ${id(streamIds[2 * index + 1] ?? 0)}`]));
  }
  if (kinds.includes("mmu500")) {
    return pairs(
      streamIds.map((value) => {
        const ignored = value >>> 16;
        return [id(value & 0xffff), ignored === 0 ? "" : `the bits ${id(ignored)} are not compared`];
      }),
    );
  }
  return streamIds.length === 0 ? [] : pairs([["ids", streamIds.map(id).join(", ")]]);
}
