/** What a program needs of its cell, and what a cell lacks of that: for `build` and `run`, whatever board the cell is of. */
import { formatNumbers } from "../define/checks.ts";
import type { InmateNeeds } from "../define/inmate.ts";
import { ramAt } from "../define/memory.ts";
import { bytesOf, formatSize, hex, KiB, kib } from "../define/sizes.ts";
import type { CellConfig, MemoryRegion } from "../model.ts";
import { contains, rangeText } from "./ranges.ts";
import { addressesOf } from "./regions.ts";

/** What the program says of itself, and what its build found out. */
export interface ImageNeeds extends InmateNeeds {
  /** The program. */
  readonly name: string;
  /** Bytes that are loaded to the reset address. */
  readonly image: number;
  /** Bytes of RAM from the reset address on: the image, tables, stacks and data. */
  readonly ram: number;
}

export interface Lack {
  readonly id: "ram" | "image" | "cpus" | "console" | "interrupts" | "memory" | "pci" | "ivshmem";
  /** What the program needs and what the cell gives, one line. */
  readonly message: string;
  /** What happens on the target. */
  readonly consequence: string;
  /** What to write in cell.ts. */
  readonly remedy: string;
}

/** What the cell lacks of what the program needs; nothing: it fits. */
export function lacksOf(cell: CellConfig, needs: ImageNeeds): Lack[] {
  return [
    ...ramLacks(cell, needs),
    ...cpuLacks(cell, needs),
    ...consoleLacks(cell, needs),
    ...interruptLacks(cell, needs),
    ...memoryLacks(cell, needs),
    ...pciLacks(cell, needs),
    ...ivshmemLacks(cell, needs),
  ];
}

/** Bytes from the reset address to the end of the RAM around it; 0 if there is none. */
export function ramFromReset(cell: CellConfig): number {
  const region = ramOf(cell);
  return region ? Number(region.address + region.size - cell.resetAddress) : 0;
}

function ramOf({ memory, colored, resetAddress }: CellConfig): MemoryRegion | undefined {
  return ramAt([...memory, ...colored], resetAddress);
}

function ramLacks(cell: CellConfig, { name, image, ram }: ImageNeeds): Lack[] {
  const has = ramFromReset(cell);
  const remedy = `give the cell more: ram: "${enough(Math.max(image, ram))}"`;
  if (has === 0) {
    const message = `${name} needs ${kib(ram)} of RAM, but cell ${cell.name} has none to load at its reset address ${hex(cell.resetAddress)}`;
    return [{ id: "ram", message, consequence: "cell load fails with EINVAL", remedy }];
  }
  if (image > has) {
    const message = `${name} is an image of ${kib(image)}, but cell ${cell.name} has ${kib(has)} of RAM`;
    return [{ id: "image", message, consequence: "cell load fails with EINVAL", remedy }];
  }
  if (ram <= has) return [];
  const message = `${name} needs ${kib(ram)} of RAM, but cell ${cell.name} gives ${kib(has)}`;
  return [{ id: "ram", message, consequence: "the program reaches behind its RAM, which parks the CPU", remedy }];
}

function cpuLacks({ name: cell, cpus }: CellConfig, { name, cpus: needed = 1 }: ImageNeeds): Lack[] {
  if (cpus.length >= needed) return [];
  const has = cpus.length === 0 ? "none" : `${cpus.length} (${formatNumbers(cpus)})`;
  return [
    {
      id: "cpus",
      message: `${name} needs ${needed} CPUs, but cell ${cell} has ${has}`,
      consequence: "starting a CPU that is not the cell's is refused (PSCI denied), or has no effect on x86",
      remedy: `name ${needed} CPUs of the root cell with cpus: […]`,
    },
  ];
}

function consoleLacks({ name: cell, console, flags }: CellConfig, { name, console: needed }: ImageNeeds): Lack[] {
  const virtual = flags.includes("virtual-console-permitted") || flags.includes("virtual-console-active");
  if (!needed || console.type !== "none" || virtual) return [];
  return [
    {
      id: "console",
      message: `${name} prints, but cell ${cell} has no console`,
      consequence: "nothing is printed",
      remedy: 'give the cell console: "inmate" and the UART\'s page, or the flag virtual-console-permitted',
    },
  ];
}

function interruptLacks({ name: cell, irqchips }: CellConfig, { name, interrupts = [] }: ImageNeeds): Lack[] {
  const missing = interrupts.filter((id) => !irqchips.some(({ pins }) => pins.includes(id)));
  if (missing.length === 0) return [];
  const list = formatNumbers(missing);
  return [
    {
      id: "interrupts",
      message: `${name} needs ${missing.length === 1 ? "interrupt" : "interrupts"} ${list}, which cell ${cell} does not have`,
      consequence: "enabling an interrupt that is not the cell's has no effect: it never comes",
      remedy: `add: { interrupts: [${[...missing].sort((a, b) => a - b).join(", ")}] }`,
    },
  ];
}

function memoryLacks({ name: cell, memory }: CellConfig, { name, memory: needed = [] }: ImageNeeds): Lack[] {
  return needed.flatMap((need): Lack[] => {
    const address = bytesOf(need.address, need.name);
    const range = { start: address, size: bytesOf(need.size, need.name) };
    const flags = need.readOnly ? (["read"] as const) : (["read", "write"] as const);
    const region = memory.find((one) => contains(addressesOf(one), range));
    if (region && flags.every((flag) => region.flags.includes(flag))) return [];
    const lack = region
      ? `cell ${cell} has it without ${flags.filter((flag) => !region.flags.includes(flag)).join(" and ")}`
      : `cell ${cell} does not have it`;
    const page = address - (address % 4096n);
    return [
      {
        id: "memory",
        message: `${name} uses ${need.name} at ${rangeText(range)}, but ${lack}`,
        consequence: "the first access parks the CPU",
        remedy: `add: { memory: [{ address: ${hex(page)}, size: "4K", flags: [${flags.map((flag) => `"${flag}"`).join(", ")}, "io"] }] }`,
      },
    ];
  });
}

function pciLacks({ name: cell, pciDevices }: CellConfig, { name, pci = [] }: ImageNeeds): Lack[] {
  return pci
    .filter((bdf) => !pciDevices.some((device) => device.bdf === bdf))
    .map((bdf) => ({
      id: "pci",
      message: `${name} needs PCI device ${bdf}, which cell ${cell} does not have`,
      consequence: "the device reads as absent, and a write to it parks the CPU",
      remedy: `add: { pci: [{ bdf: "${bdf}", … }] }, as the root cell has it`,
    }));
}

function ivshmemLacks({ name: cell, pciDevices }: CellConfig, { name, ivshmem }: ImageNeeds): Lack[] {
  if (!ivshmem || pciDevices.some(({ type }) => type === "ivshmem")) return [];
  return [
    {
      id: "ivshmem",
      message: `${name} needs shared memory (ivshmem), but cell ${cell} has no link`,
      consequence: "the program finds no ivshmem device",
      remedy: "extend a cell of the board that has one, or give it ivshmem: [{ link, id }]",
    },
  ];
}

/** The next power of two, as cell.ts has it: "128K", "1M". */
function enough(bytes: number): string {
  const size = 2 ** Math.ceil(Math.log2(Math.max(bytes, 64 * KiB)));
  return formatSize(BigInt(size)).replace(/ ([KMG])iB$/, "$1");
}
