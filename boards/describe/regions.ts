/** What each part of a cell's address space is, as boxes for the drawing. */
import { configurationSet } from "../check/set.ts";
import { interruptControllers, iommus, mmconfig, virtualPciWindow } from "../check/windows.ts";
import { hex } from "../define/sizes.ts";
import type { ColoredRegion, MemoryRegion } from "../model.ts";
import { colorDetails } from "./colors.ts";
import { devicesIn } from "./devices.ts";
import { sectionNames } from "./ivshmem.ts";
import type { Box } from "./map.ts";
import { cellOf, type Subject } from "./subject.ts";
import { sizeText } from "./text.ts";

const page = 4096n;
/** Devices that a box names before it says "and … more". */
const mostNames = 6;

/** The boxes of a cell's regions. Empty ones, which stand for a section that a link does not have, are left out. */
export function regionBoxes(subject: Subject): Box[] {
  const cell = cellOf(subject.config);
  const sections = sectionNames(cell, subject.config.kind === "system" ? "root" : "this cell");
  const plain = cell.memory.map((region, index) => ({
    ...place(region),
    title: sections.get(index) ?? regionTitle(subject, region),
    details: [...physicalDetail(region), ...trapDetail(region)],
  }));
  const colored = cell.colored.map((region) => ({
    ...place(region),
    title: regionTitle(subject, region),
    details: colorDetails(region, subject.board?.colors),
  }));
  return [...plain, ...colored].filter(({ size }) => size > 0n);
}

function place({ address, size, flags }: MemoryRegion): Pick<Box, "start" | "size" | "beside"> {
  return { start: address, size, beside: flags.length === 0 ? "no access" : flags.join(" ") };
}

/** What a region that belongs to no ivshmem link is, in a few words. */
export function regionTitle({ config, board }: Subject, region: MemoryRegion | ColoredRegion): string {
  const { flags } = region;
  const cell = cellOf(config);
  if (flags.includes("comm")) return "comm region";
  if (flags.includes("loadable") && flags.includes("write")) {
    return config.kind === "cell" && holds(region, cell.resetAddress)
      ? "RAM: the image is loaded and starts here"
      : "RAM, loadable";
  }
  const names = devicesIn(board, region.physical, region.size);
  const consoles = config.kind === "system" ? [config.debugConsole, cell.console] : [cell.console];
  const console = consoles.find((uart) => uart.flags.includes("mmio") && holds(region, uart.address));
  const role = console === undefined ? "" : names.length === 0 ? `${console.type}, the console` : ", the console";
  if (names.length === 1) return `${names[0]}${role}`;
  if (names.length === 0 && role !== "") return role;
  if (flags.includes("io")) return listed(names, "device memory", "devices: ");
  if (flags.includes("execute") || flags.includes("dma")) return "RAM";
  // x86 does not mark device memory.
  const none = !isWhole(region) ? "registers" : cell.arch === "x86" ? "memory or registers" : "memory";
  return listed(names, none, "");
}

function listed(names: readonly string[], none: string, before: string): string {
  if (names.length === 0) return none;
  const more = names.length - mostNames;
  return `${before}${names.slice(0, mostNames).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function holds({ address, size }: MemoryRegion, at: bigint): boolean {
  return at >= address && at < address + size;
}

function physicalDetail({ physical, address, flags }: MemoryRegion): string[] {
  return flags.includes("comm") || physical === address ? [] : [`physical ${hex(physical)}`];
}

/** Whether the region consists of whole pages: others are not mapped, but each access to them is trapped. */
function isWhole({ address, size }: MemoryRegion): boolean {
  return address % page === 0n && size % page === 0n;
}

const widths = { io8: 8, io16: 16, io32: 32, io64: 64 } as const;

/** Sub-page regions are read and written by the hypervisor for the cell, by the widths that are let through. */
function trapDetail(region: MemoryRegion): string[] {
  if (isWhole(region)) return [];
  const allowed = Object.entries(widths).flatMap(([flag, bits]) =>
    region.flags.includes(flag as keyof typeof widths) ? [bits] : [],
  );
  if (allowed.length === 0) return ["sub-page: trapped, and no access width is let through: any access stops the CPU"];
  const aligned = region.flags.includes("io-unaligned") ? "" : ", aligned";
  return [`sub-page: trapped, ${allowed.join(", ")} bits wide${aligned}`];
}

/** What the hypervisor keeps or moderates in a system: dashed boxes, in root's (and so physical) addresses. */
export function hypervisorBoxes({ config, format }: Subject): Box[] {
  if (config.kind === "cell") return [];
  const set = configurationSet({ file: "", config, format }, []);
  const { physical, size } = config.hypervisorMemory;
  const windows = [
    { name: "the hypervisor", start: physical, size, own: false },
    ...mmconfig(set).map((window) => ({ ...window, name: "PCI configuration space (MMCONFIG)" })),
    ...virtualPciWindow(set),
    ...interruptControllers(set),
    ...iommus(set),
  ];
  return windows.map(({ name, start, size, own }) => ({
    start,
    size,
    title: name,
    details: [],
    beside: own === false ? "the hypervisor's alone" : "moderated by the hypervisor",
    dashed: true,
  }));
}

/**
 * The drawing's boxes: those of the hypervisor become a line of the region that they lie in, since root's big regions
 * of device memory go across them.
 */
export function mapBoxes(subject: Subject): Box[] {
  const regions = regionBoxes(subject);
  const outside: Box[] = [];
  const inside = new Map<Box, string[]>();
  for (const box of hypervisorBoxes(subject)) {
    const outer = regions.find(({ start, size }) => start <= box.start && box.start + box.size <= start + size);
    const line = `${hex(box.start)}, ${sizeText(box.size)}: ${box.title}, ${box.beside}`;
    if (outer) inside.set(outer, [...(inside.get(outer) ?? []), line]);
    else outside.push(box);
  }
  return [...regions.map((box) => ({ ...box, details: [...box.details, ...(inside.get(box) ?? [])] })), ...outside];
}
