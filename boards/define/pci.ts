/** A cell's PCI devices and the memory that it shares with others through them. */
import { UserError } from "../../scripts/errors.ts";
import type { FormatName } from "../format/formats.ts";
import { msiFlags, pciDeviceTypes } from "../format/words.ts";
import type { MemoryRegion, PciCap, PciDevice } from "../model.ts";
import { parseBdf } from "../pci-address.ts";
import { checkKeys, checkWord, flagList } from "./checks.ts";
import { bytesOf } from "./sizes.ts";
import type { CellLists, IvshmemLink, IvshmemSpec, PciSpec } from "./specs.ts";

const plainDevice: Omit<PciDevice, "bdf"> = {
  type: "device",
  iommu: 0,
  domain: 0,
  barMasks: [0, 0, 0, 0, 0, 0],
  capsStart: 0,
  capsCount: 0,
  msiVectors: 0,
  msiFlags: [],
  msixVectors: 0,
  msixRegionSize: 0,
  msixAddress: 0n,
  shmemRegionsStart: 0,
  shmemId: 0,
  shmemPeers: 0,
  shmemProtocol: "undefined",
};

const deviceKeys = [...Object.keys({ bdf: 0, ...plainDevice }), "capabilities"].filter(
  (key) => key !== "capsStart" && key !== "capsCount",
);

/** What a cell's lists make of its PCI bus. */
export interface PciBus {
  /** Of the shared memory, in the order of the links. */
  readonly regions: readonly MemoryRegion[];
  readonly devices: readonly PciDevice[];
  readonly caps: readonly PciCap[];
  /** Devices that the file does not count. */
  readonly trailing: readonly PciDevice[];
}

type Lists = <Key extends keyof CellLists>(key: Key) => NonNullable<CellLists[Key]>;

/** What the ends of links follow: their BARs the format, the sharing the kind of cell. */
interface LinkDefaults {
  readonly format: FormatName;
  readonly rootshared: boolean;
}

export function pciBus(list: Lists, defaults: LinkDefaults, where: string): PciBus {
  const caps = new Capabilities(list("pciCaps"));
  const regions: MemoryRegion[] = [];
  const device = (spec: PciSpec | IvshmemSpec, at: string) =>
    "link" in spec ? linkEnd(spec, regions, defaults, at) : deviceOf(spec, caps, at);
  const devices = list("pci").map((spec, index) => device(spec, `${where}: pci[${index}]`));
  const ends = list("ivshmem").map((spec, index) => device(spec, `${where}: ivshmem[${index}]`));
  const trailing = list("trailingPci").map((spec, index) => device(spec, `${where}: trailingPci[${index}]`));
  return { regions, devices: [...devices, ...ends], caps: caps.all, trailing };
}

/** Lists of capabilities behind each other, each once. */
class Capabilities {
  readonly all: PciCap[] = [];
  readonly #starts = new Map<readonly PciCap[], number>();

  constructor(lists: readonly (readonly PciCap[])[]) {
    for (const list of lists) this.startOf(list);
  }

  startOf(list: readonly PciCap[]): number {
    const start = list.length === 0 ? 0 : (this.#starts.get(list) ?? this.all.length);
    if (list.length > 0 && !this.#starts.has(list)) {
      this.#starts.set(list, start);
      this.all.push(...list);
    }
    return start;
  }
}

function deviceOf({ capabilities = [], ...spec }: PciSpec, caps: Capabilities, where: string): PciDevice {
  checkKeys({ ...spec, capabilities }, deviceKeys, where);
  checkBdf(spec.bdf, `${where}.bdf`);
  if (spec.type !== undefined) checkWord(spec.type, Object.keys(pciDeviceTypes), `${where}.type`);
  return {
    ...plainDevice,
    ...spec,
    msiFlags: flagList(spec.msiFlags ?? [], msiFlags, `${where}.msiFlags`),
    barMasks: [0, 1, 2, 3, 4, 5].map((bar) => spec.barMasks?.[bar] ?? 0),
    msixAddress: bytesOf(spec.msixAddress ?? 0, `${where}.msixAddress`),
    capsStart: caps.startOf(capabilities),
    capsCount: capabilities.length,
  };
}

/** The hypervisor's limits (jailhouse's ivshmem has 16 vectors and twelve peers). */
const maxVectors = 16;
const maxPeers = 12;

/** The cell's device of a link, behind whose regions it puts its own. */
function linkEnd(spec: IvshmemSpec, regions: MemoryRegion[], defaults: LinkDefaults, where: string): PciDevice {
  checkKeys(spec, ["link", "id", "domain", "rootshared", "writes"], where);
  const { link, id } = spec;
  checkBdf(link.bdf, `${where}.link.bdf`);
  if (!Number.isInteger(id) || id < 0 || id >= maxPeers) {
    throw new UserError(`${where}: id ${id} is out of range; a link has peers 0 to ${maxPeers - 1}`);
  }
  const vectors = link.vectors ?? 0;
  if (vectors > maxVectors) {
    throw new UserError(`${where}: ${vectors} vectors are too many; write at most ${maxVectors}`);
  }
  const shmemRegionsStart = regions.length;
  regions.push(...sections(spec, spec.rootshared ?? defaults.rootshared, where));
  return {
    ...plainDevice,
    type: "ivshmem",
    domain: spec.domain ?? link.domain,
    bdf: link.bdf,
    barMasks: linkBars(link, defaults.format, where),
    msixVectors: vectors,
    shmemRegionsStart,
    shmemId: id,
    shmemPeers: link.peers,
    shmemProtocol: link.protocol ?? "undefined",
  };
}

/** A page of registers and, with MSI-X, the vectors' table; the fork's table is as short as 16 vectors need it. */
function linkBars({ vectors = 0, barSize = "4K" }: IvshmemLink, format: FormatName, where: string): number[] {
  const size = format === "rt" ? 4096n : bytesOf(barSize, `${where}.link.barSize`);
  const registers = Number(BigInt.asUintN(32, -size));
  const table = format === "rt" ? 0xfffffe00 : registers;
  return [registers, vectors > 0 ? table : 0, 0, 0, 0, 0];
}

/** State table, common section, then the output section of each peer, behind each other: the hypervisor wants it so. */
function sections({ link, id, writes = id }: IvshmemSpec, rootshared: boolean, where: string): MemoryRegion[] {
  let next = bytesOf(link.base, `${where}.link.base`);
  const section = (size: bigint, writable: boolean): MemoryRegion => {
    if (size === 0n) return { physical: 0n, address: 0n, size, flags: [] };
    const address = next;
    next += size;
    const shared = rootshared ? (["rootshared"] as const) : [];
    return { physical: address, address, size, flags: ["read", ...(writable ? (["write"] as const) : []), ...shared] };
  };
  const output = bytesOf(link.outputSize, `${where}.link.outputSize`);
  return [
    section(bytesOf(link.stateSize, `${where}.link.stateSize`), false),
    section(bytesOf(link.commonSize, `${where}.link.commonSize`), true),
    ...Array.from({ length: link.peers }, (_, peer) => section(output, peer === writes)),
  ];
}

function checkBdf(bdf: unknown, where: string): void {
  if (typeof bdf === "string" && parseBdf(bdf) !== undefined) return;
  throw new UserError(`${where}: "${bdf}" is no PCI address; write bus, device and function like "00:1b.0"`);
}
