/** Two configurations compared, in the words in which they are described. */
import { formatNumbers } from "../define/checks.ts";
import { hex } from "../define/sizes.ts";
import type { ColoredRegion, MemoryRegion, PciDevice } from "../model.ts";
import { colorText } from "./colors.ts";
import { interruptSource } from "./devices.ts";
import { cellFields, type Fields, systemFields } from "./fields.ts";
import { sectionNames } from "./ivshmem.ts";
import { pciFields } from "./pci.ts";
import { regionTitle } from "./regions.ts";
import { cacheLines, portRange } from "./resources.ts";
import { firstDifference } from "./same.ts";
import { cellOf, type Subject } from "./subject.ts";
import { sizeText } from "./text.ts";

export interface Difference {
  readonly change: "added" | "removed" | "changed";
  /** The field or thing: "CPUs", "memory at 0x9000000 (pl011)". */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** All differences from `first` to `second`, which are of the same kind; empty exactly if they are equal. */
export function diffConfigurations(first: Subject, second: Subject): Difference[] {
  const [a, b] = sameBoard(first, second);
  const found = [
    ...fields([["format", a.format]], [["format", b.format]]),
    ...(a.config.kind === "system" && b.config.kind === "system"
      ? [
          ...fields(systemFields(a.config, a), systemFields(b.config, b)),
          ...words("hypervisor's flag", a.config.flags, b.config.flags),
        ]
      : []),
    ...fields(cellFields(a), cellFields(b)),
    ...words("flag", cellOf(a.config).flags, cellOf(b.config).flags),
    ...memory(a, b),
    ...interrupts(a, b),
    ...pci(a, b),
    ...words("I/O ports", cellOf(a.config).ports.map(portRange), cellOf(b.config).ports.map(portRange)),
    ...words("cache", cacheLines(cellOf(a.config)).map(trim), cacheLines(cellOf(b.config)).map(trim)),
    ...change("IOMMU streams", streams(a), streams(b)),
  ];
  return found.length > 0 ? found : rest(a, b);
}

/** Devices have the same names on both sides, so that names are no difference: none if the boards are two. */
function sameBoard(a: Subject, b: Subject): [Subject, Subject] {
  const board = a.board && b.board && a.board.name !== b.board.name ? undefined : (a.board ?? b.board);
  const named = ({ config, format }: Subject): Subject => ({ config, format, ...(board && { board }) });
  return [named(a), named(b)];
}

const trim = (line: string) => line.trim();

/** In their order: of some IOMMUs two belong together. */
function streams({ config }: Subject): string | undefined {
  const { streamIds } = cellOf(config);
  return streamIds.length === 0 ? undefined : streamIds.map((id) => hex(BigInt(id))).join(", ");
}

/** Fields of both sides by name; one that only one side has is added or removed. */
function fields(before: Fields, after: Fields, prefix = ""): Difference[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    change(`${prefix}${key}`, old.get(key), now.get(key)),
  );
}

function change(what: string, before: string | undefined, after: string | undefined): Difference[] {
  if (before === after) return [];
  if (before === undefined) return [{ change: "added", what, after: after as string }];
  if (after === undefined) return [{ change: "removed", what, before }];
  return [{ change: "changed", what, before, after }];
}

/** Lists whose elements speak for themselves. */
function words(what: string, before: readonly string[], after: readonly string[]): Difference[] {
  return [
    ...before
      .filter((word) => !after.includes(word))
      .map((word) => ({ change: "removed", what, before: word }) as const),
    ...after.filter((word) => !before.includes(word)).map((word) => ({ change: "added", what, after: word }) as const),
  ];
}

type Region = MemoryRegion & Partial<ColoredRegion>;

/** Regions that begin at the same cell address are the same one, the first with the first if there are several. */
function memory(a: Subject, b: Subject): Difference[] {
  const [before, after] = [regionsOf(a), regionsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])].sort(byAddress).flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (old && now) return fields(regionFields(old.region, a), regionFields(now.region, b), `${nameOf(now)}: `);
    return change(nameOf((old ?? now)!), old && regionText(old.region, a), now && regionText(now.region, b));
  });
}

interface Named {
  readonly region: Region;
  readonly title: string;
}

function nameOf({ region, title }: Named): string {
  return `memory at ${hex(region.address)} (${title})`;
}

function regionsOf(subject: Subject): Map<string, Named> {
  const cell = cellOf(subject.config);
  const sections = sectionNames(cell, subject.config.kind === "system" ? "root" : "this cell");
  const found = new Map<string, Named>();
  for (const [index, region] of [...cell.memory, ...cell.colored].entries()) {
    if (region.size === 0n) continue;
    const title = (index < cell.memory.length ? sections.get(index) : undefined) ?? regionTitle(subject, region);
    let copy = 0;
    while (found.has(`${region.address} ${copy}`)) copy++;
    found.set(`${region.address} ${copy}`, { region, title: title.replace(/: the image.*/, "") });
  }
  return found;
}

function byAddress(a: string, b: string): number {
  const [x, y] = [a, b].map((key) => BigInt(key.split(" ")[0]!)) as [bigint, bigint];
  return x < y ? -1 : x > y ? 1 : 0;
}

function regionFields(region: Region, { board }: Subject): Fields {
  return [
    ["size", sizeWords(region.size)],
    ["physical", hex(region.physical)],
    ["flags", region.flags.join(" ") || "none"],
    ["cache", region.colors === undefined ? "all colours" : colorText(region.colors, board?.colors)],
  ];
}

/** Exact, where a rounded size would hide a difference. */
function sizeWords(size: bigint): string {
  const text = sizeText(size);
  return text.startsWith("~") ? `${hex(size)} (${text})` : text;
}

function regionText(region: Region, subject: Subject): string {
  return regionFields(region, subject)
    .filter(([what]) => what !== "cache" || region.colors !== undefined)
    .map(([what, value]) => (what === "physical" ? `physical ${value}` : value))
    .join(", ");
}

/** By controller, the numbers that came and went. */
function interrupts(a: Subject, b: Subject): Difference[] {
  const [before, after] = [pinsOf(a), pinsOf(b)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key) ?? [], after.get(key) ?? []];
    const gone = old.filter((pin) => !now.includes(pin));
    const come = now.filter((pin) => !old.includes(pin));
    return [
      ...(gone.length > 0 ? [{ change: "removed", what: key, before: pinText(gone, a) } as const] : []),
      ...(come.length > 0 ? [{ change: "added", what: key, after: pinText(come, b) } as const] : []),
    ];
  });
}

function pinsOf({ config }: Subject): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { address, id, pins } of cellOf(config).irqchips) {
    const key =
      config.arch === "x86" ? `IOAPIC ${hex(address)} (id ${hex(BigInt(id))})` : `interrupts of GIC ${hex(address)}`;
    found.set(key, [...(found.get(key) ?? []), ...pins]);
  }
  return found;
}

function pinText(pins: readonly number[], { config, board }: Subject): string {
  const cell = cellOf(config);
  const sources = config.arch === "x86" ? [] : pins.map((pin) => interruptSource(board, cell, pin)).filter(Boolean);
  return `${formatNumbers(pins)}${sources.length === 0 ? "" : ` (${sources.join(", ")})`}`;
}

/** Devices of the same bus, device and function are the same one. */
function pci(a: Subject, b: Subject): Difference[] {
  const devices = ({ config }: Subject) => new Map(cellOf(config).pciDevices.map((device) => [device.bdf, device]));
  const [before, after] = [devices(a), devices(b)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((bdf) => {
    const [old, now] = [before.get(bdf), after.get(bdf)];
    const what = `PCI device ${bdf}`;
    if (old && now) return fields(devicesFields(old, a), devicesFields(now, b), `${what}: `);
    return change(what, old && pciText(old, a), now && pciText(now, b));
  });
}

/** Without the link's sections: they are regions of memory and compared there. */
function devicesFields(device: PciDevice, { config }: Subject): Fields {
  return pciFields(cellOf(config), device).filter(([what]) => what !== "memory");
}

function pciText(device: PciDevice, subject: Subject): string {
  return devicesFields(device, subject)
    .map(([what, value]) => (what === "type" ? value : `${what} ${value}`))
    .join("; ");
}

/** What the words above do not show: the order of things in the file, and fields without effect. */
function rest(a: Subject, b: Subject): Difference[] {
  const place = firstDifference(a.config, b.config);
  if (place === undefined) return [];
  const { path, before, after } = place;
  return [{ change: "changed", what: `${path} (order or a field without effect)`, before, after }];
}
