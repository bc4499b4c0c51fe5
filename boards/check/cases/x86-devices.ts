/** Mistakes with what only x86 has. */
import type { Case } from "./fixture.ts";
import { cell, other, pins, x86 } from "./x86.ts";

export const x86Cases: readonly Case[] = [
  {
    mistake: "pins that do not count from 0",
    id: "ioapic-pin-base",
    set: x86({ cell: { irqchips: [{ ...pins(9)[0]!, pinBase: 8 }] } }),
    message: "cell demo has pins of the IOAPIC at 0xfec00000 from 8 on",
    remedy: "write 0",
  },
  {
    mistake: "a pin that Linux does not have",
    id: "ioapic-not-in-root",
    set: x86({ cell: { irqchips: pins(9, 20) } }),
    message: "cell demo has pin 20 of the IOAPIC at 0xfec00000, root cell q35 does not",
    remedy: "correct the address or the pins, or add them to root cell q35",
  },
  {
    mistake: "another requester",
    id: "ioapic-id-differs",
    set: x86({ cell: { irqchips: [{ ...pins(9)[0]!, id: 0xff01 }] } }),
    message: "cell demo has the IOAPIC at 0xfec00000 with id 0xff01, root cell q35 with 0xff00",
    remedy: "write 0xff00",
  },
  {
    mistake: "one pin for two",
    id: "ioapic-pin-in-two-cells",
    set: x86({ other: { ...other, irqchips: pins(9, 10) } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have pin 9 of the IOAPIC at 0xfec00000",
    remedy: "leave it to one of them",
  },
  {
    mistake: "ports beyond the last",
    id: "ports-out-of-range",
    set: x86({ cell: { ports: [...cell.ports, { base: 0xfff8, length: 16 }] } }),
    message: "cell demo has ports 0xfff8-0x10007",
    remedy: "end with port 0xffff",
  },
  {
    mistake: "one UART for two",
    id: "ports-in-two-cells",
    set: x86({ other: { ...other, ports: cell.ports } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have ports 0x3f8-0x3ff",
    remedy: "leave them to one of them, unless it is a UART that both print to",
  },
  {
    mistake: "two shares of the cache",
    id: "cache-region",
    set: x86({ cell: { caches: [...cell.caches, { start: 4, size: 1, type: "l3", flags: [] }] } }),
    message: "cell demo has 2 cache regions",
    remedy: "give it one, of type l3 and at least 1 way",
  },
  {
    mistake: "a share of the cache for code",
    id: "cache-region",
    set: x86({ cell: { caches: [{ start: 0, size: 2, type: "l3-code", flags: [] }] } }),
    message: "cell demo has a cache region of type l3-code",
    remedy: "give it one, of type l3 and at least 1 way",
  },
  {
    mistake: "no share of the cache",
    id: "cache-region",
    set: x86({ cell: { caches: [{ start: 0, size: 0, type: "l3", flags: [] }] } }),
    message: "cell demo has a cache region of no ways",
    remedy: "give it one, of type l3 and at least 1 way",
  },
  {
    mistake: "more cache than there is",
    id: "cache-region",
    set: x86({ cell: { caches: [{ start: 30, size: 4, type: "l3", flags: [] }] } }),
    message: "cell demo has a cache region of ways 30-33; 32 is the most there is",
    remedy: "give it one, of type l3 and at least 1 way",
  },
  {
    mistake: "all of Linux' cache",
    id: "cache-leaves-root-none",
    set: x86({ cell: { caches: [{ start: 0, size: 8, type: "l3", flags: [] }] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo takes ways 0-7 of the L3 cache, root cell q35 has ways 0-7",
    remedy: 'take fewer, or mark the region "rootshared"',
  },
  {
    mistake: "one share of the cache for two",
    id: "cache-in-two-cells",
    set: x86({ other: { ...other, caches: [{ start: 1, size: 2, type: "l3", flags: [] }] } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other share L3 cache: ways 0-1 and ways 1-2",
    remedy: "give each its own",
  },
];
