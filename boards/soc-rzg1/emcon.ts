/**
 * What emtrion's emCON modules with an RZ/G1 have in common. Their RAM, of which they have at least 1 GiB:
 *
 *     0x40000000   750 MiB  Linux in the root cell (booted with mem=750M)
 *     0x6ee00000    18 MiB  free: inmates with more RAM than the demo cell has
 *     0x70000000  ~191 MiB  linux-demo
 *     0x7bef0000    64 KiB  linux-demo: Linux' loader
 *     0x7bf00000     1 MiB  shared by root and linux-demo: network
 *     0x7bff0000    64 KiB  inmate-demo: in the network's memory, where root may only read
 */
import { range } from "../define/checks.ts";
import { networkLink } from "../define/links.ts";
import { io, ram } from "../define/regions.ts";
import type { CellSpec, ConsoleSpec, MemorySpec, SystemSpec } from "../define/specs.ts";
import { type Block, blocks, counter, pfc, rootBlocks, sysc } from "./rzg1.ts";

const network = networkLink(0x7bf00000);
export const inmateMemory = { physical: 0x6ee00000, size: "18M" };

/** Module stop control registers: bits that stop the UARTs' clocks (CPG, "Module Standby, Software Reset"). */
const smstpcr = { 2: 0xe6150138, 7: 0xe615014c } as const;

/** MSTPnnn as the manual numbers the bits: 715 is bit 15 of SMSTPCR7. */
function gate(mstp: number): Pick<ConsoleSpec, "gateNr" | "clockReg"> {
  return { gateNr: mstp % 100, clockReg: smstpcr[Math.floor(mstp / 100) as keyof typeof smstpcr] };
}

interface Uart {
  readonly type: "HSCIF" | "SCIFA";
  readonly block: Block;
  readonly mstp: number;
}

const flags = ["mmio", "regdist4"] as const;

export function debugUart({ type, block, mstp }: Uart): ConsoleSpec {
  return { type, flags: [...flags, "inverted-gate"], address: blocks[block].address, size: "4K", ...gate(mstp) };
}

/** Not "inverted-gate", though the bit is: the reference has it so. */
export function inmateUart({ type, block, mstp, divider }: Uart & { readonly divider: number }): ConsoleSpec {
  return { type, flags, address: blocks[block].address, divider, ...gate(mstp) };
}

export const timer = { note: "of the order of 10 MHz, after SoC and crystal; a program reads CNTFRQ" };
export const kernelArguments = ["mem=750M", "vmalloc=384M"];

export const notes = [
  "Cells have a UART of their own, but its clock gate is root's: open it there, start inmates with con-clock-reg=0.",
  "There is no PCI: the network's memory is there, but no device to find it by.",
  "inmate-demo's RAM lies where root may only read (network): loading it faults root. Give it 0x6ee00000.",
];

export function emconSystem(name: string, cpus: readonly number[], hypervisor: number, uses: readonly Block[]) {
  return {
    hypervisorMemory: { physical: hypervisor, size: "64M" },
    root: {
      name,
      cpus,
      interrupts: range(32, 319),
      trailingPci: [{ link: network, id: 0, rootshared: true }],
      memory: [...rootBlocks(uses), ram({ address: 0x40000000, size: 0x3bf00000 })],
    },
  } satisfies SystemSpec;
}

export function inmateDemo(name: string, uart: MemorySpec): CellSpec {
  return { name, cpus: [1], ram: { physical: 0x7bff0000, size: "64K" }, memory: [uart] };
}

/** 1 KiB of a UART, by any width of access. */
export function uartRegisters(block: Block): MemorySpec {
  return io({ address: blocks[block].address, size: 0x400 }, "io8", "io16", "io32");
}

/** Of the reset controller: the boot mode's pins, and which CPUs are held. */
const modemr: MemorySpec = { address: 0xe6160060, size: 4, flags: ["read", "io", "io32"] };
export const ca15rescnt = io({ address: 0xe6160040, size: 4 }, "io32");

/** A Linux with an SD card and an I2C bus; `extra` regions come behind the first. */
export function linuxDemo(name: string, cpu: number, uart: "scif4" | "scifa0", extra: readonly MemorySpec[]) {
  return {
    name,
    cpus: [cpu],
    memory: [
      modemr,
      ...extra,
      { ...counter, flags: ["read", "io", "io32"] },
      io(pfc, "io32"),
      io(sysc, "io32"),
      uartRegisters(uart),
      io(blocks.sdhi0),
      io(blocks.i2c2),
      ram({ address: 0, physical: 0x7bef0000, size: "64K" }, "loadable"),
      ram({ address: 0x70000000, size: 0xbef0000 }, "dma", "loadable"),
    ],
    interrupts: [blocks[uart].interrupt, blocks.sdhi0.interrupt, blocks.i2c2.interrupt],
    trailingPci: [{ link: network, id: 1 }],
  } satisfies CellSpec;
}
