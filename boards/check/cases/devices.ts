/** Consoles, interrupts and stream ids. */
import type { IommuType } from "../../format/words.ts";
import { arm64, cell, gicd, other, pins, system, uart, uartPage } from "./arm64.ts";
import { type Case, noConsole, region } from "./fixture.ts";
import { x86, cell as x86Cell } from "./x86.ts";

const withoutUart = cell.memory.filter((one) => one !== uartPage);
const gated = { ...uart, gateNr: 23, clockReg: 0xc00006cn };
const iommu = (type: IommuType) => ({ iommus: [{ type, base: 0xa000000n, size: 0x20000 }] });

export const deviceCases: readonly Case[] = [
  {
    mistake: "no console",
    id: "no-console",
    set: arm64({ cell: { console: noConsole } }),
    message: "cell demo has no console",
    remedy: "name its UART, or set the flag virtual-console-permitted",
  },
  {
    mistake: "a UART that the cell does not have",
    id: "console-not-mapped",
    set: arm64({ cell: { memory: withoutUart } }),
    message: "cell demo has its console (PL011) at 0x9000000, where it cannot read and write 32 bits",
    remedy: "add the UART's page with the flags read, write, io, rootshared, or choose another console",
  },
  {
    mistake: "a UART of which only the wrong width is let through",
    id: "console-not-mapped",
    set: arm64({
      cell: { memory: [...withoutUart, region(0x9000000, 0x100, ["read", "write", "io", "io8", "rootshared"])] },
    }),
    message: "cell demo has its console (PL011) at 0x9000000, where it cannot read and write 32 bits",
    remedy: "add the UART's page with the flags read, write, io, rootshared, or choose another console",
  },
  {
    mistake: "a UART whose clock the cell does not have",
    id: "console-clock-not-mapped",
    set: arm64({ cell: { console: gated } }),
    message: "cell demo has its console's clock at bit 23 of 0xc00006c, where it cannot read and write 32 bits",
    remedy: "add the register as 4 bytes with the flags read, write, io, io32, or leave the clock to root",
  },
  {
    mistake: "a UART at ports that the cell does not have",
    id: "console-ports-missing",
    set: x86({ cell: { console: { ...x86Cell.console, address: 0x2f8n } } }),
    message: "cell demo has its console (8250) at port 0x2f8, but not the 8 ports from there",
    remedy: "add the ports, or choose another console",
  },
  {
    mistake: "interrupts of another interrupt controller",
    id: "irqchip-not-distributor",
    set: arm64({ cell: { irqchips: [...pins(144), { address: 0x8010000n, id: 0, pinBase: 32, pins: [33] }] } }),
    message: "cell demo has interrupt 33 of a controller at 0x8010000; the GIC's distributor is at 0x8000000",
    remedy: "write 0x8000000",
  },
  {
    mistake: "pins that begin between the words",
    id: "pin-base",
    set: arm64({ cell: { irqchips: [{ address: gicd, id: 0, pinBase: 144, pins: [144] }] } }),
    message: "cell demo has interrupts from 144 on",
    remedy: "begin at a multiple of 32, up to 896",
  },
  {
    mistake: "pins beyond the last interrupt",
    id: "pin-base",
    set: arm64({ root: { irqchips: [...system.rootCell.irqchips, { address: gicd, id: 0, pinBase: 928, pins: [] }] } }),
    files: ["sys.cell"],
    message: "root cell virt has interrupts from 928 on",
    remedy: "begin at a multiple of 32, up to 896",
  },
  {
    mistake: "the timer among the interrupts",
    id: "interrupt-private",
    set: arm64({ cell: { irqchips: [{ address: gicd, id: 0, pinBase: 0, pins: [27] }, ...pins(144)] } }),
    message: "cell demo lists interrupt 27: SGIs or PPIs, which are each CPU's own",
    remedy: "list SPIs only, 32 and up",
  },
  {
    mistake: "an interrupt that no GIC has",
    id: "interrupt-beyond-gic",
    set: arm64({ cell: { irqchips: [...pins(144), { address: gicd, id: 0, pinBase: 896, pins: [1023] }] } }),
    message: "cell demo lists interrupt 1023",
    remedy: "SPIs are 32 to 1019: SPI n has ID n + 32",
  },
  {
    mistake: "interrupts that Linux lacks",
    id: "interrupt-not-in-root",
    set: arm64({ cell: { irqchips: pins(144, 48, 49) } }),
    message: "cell demo lists interrupts 48-49, which root cell virt does not have",
    remedy: "add them to root cell virt, or correct the numbers (SPI n has ID n + 32)",
  },
  {
    mistake: "one interrupt for two",
    id: "interrupt-in-two-cells",
    set: arm64({ other: { ...other, irqchips: pins(144, 146) } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both list interrupt 144",
    remedy: "leave it to one of them",
  },
  {
    mistake: "a link whose interrupt is not granted",
    id: "ivshmem-interrupt-missing",
    set: arm64({ cell: { vpciIrqBase: 113 } }),
    message: "cell demo: ivshmem device 00:00.0 raises INTA, interrupt 145, which is not among the cell's",
    remedy: "add interrupt 145, or change the interrupt of the virtual PCI bus",
  },
  {
    mistake: "one stream for two",
    id: "stream-in-two-cells",
    set: arm64({ cell: { streamIds: [0x10] }, other: { ...other, streamIds: [0x11, 0x10] } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have a device's stream: 0x10 and 0x10",
    remedy: "leave it to one of them",
  },
  {
    mistake: "streams of an MMU-500 for two",
    id: "stream-in-two-cells",
    set: arm64({ system: iommu("mmu500"), cell: { streamIds: [0x870] }, other: { ...other, streamIds: [0x000f0870] } }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have a device's stream: 0x870 and 0x870 (bits 0x7ff0)",
    remedy: "leave it to one of them",
  },
  {
    mistake: "streams of an SMMUv2 for two",
    id: "stream-in-two-cells",
    set: arm64({
      format: "rt",
      system: iommu("smmuv2"),
      cell: { streamIds: [0x400, 0x7c00] },
      other: { ...other, streamIds: [0, 0x7c00, 0x401, 0x7c00] },
    }),
    files: ["demo.cell", "other.cell"],
    message: "cell demo and cell other both have a device's stream: 0x400 (bits 0x7c00) and 0x401 (bits 0x7c00)",
    remedy: "leave it to one of them",
  },
  {
    mistake: "streams without an SMMU",
    id: "streams-without-smmu",
    set: arm64({ system: { iommus: [] }, cell: { streamIds: [1] } }),
    files: ["demo.cell", "sys.cell"],
    message: "cell demo has stream ids, but root cell virt no SMMU",
    remedy: "add the SMMU to root cell virt, or drop the ids",
  },
];
