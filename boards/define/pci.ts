/** A cell's PCI devices and the memory that it shares with others through them. */
import { UserError } from "../../scripts/errors.ts";
import { pciDeviceTypes } from "../format/words.ts";
import type { MemoryRegion, PciCap, PciDevice } from "../model.ts";
import { parseBdf } from "../pci-address.ts";
import { checkKeys, checkWord } from "./checks.ts";
import { bytesOf } from "./sizes.ts";
import type { IvshmemSpec, PciSpec } from "./specs.ts";

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

const pciKeys = ["bdf", "type", "iommu", "domain", "barMasks", "capabilities"];
const msiKeys = ["msiVectors", "msiFlags", "msixVectors", "msixRegionSize", "msixAddress"];

/** PCI devices and the capabilities that they refer to. */
export function pciDevices(specs: readonly PciSpec[], where: string): { devices: PciDevice[]; caps: PciCap[] } {
  const caps: PciCap[] = [];
  const starts = new Map<readonly PciCap[], number>();
  const devices = specs.map(({ capabilities = [], ...spec }, index): PciDevice => {
    checkKeys(spec, [...pciKeys, ...msiKeys], `${where}[${index}]`);
    checkBdf(spec.bdf, `${where}[${index}].bdf`);
    if (spec.type !== undefined) checkWord(spec.type, Object.keys(pciDeviceTypes), `${where}[${index}].type`);
    if (capabilities.length > 0 && !starts.has(capabilities)) {
      starts.set(capabilities, caps.length);
      caps.push(...capabilities);
    }
    return {
      ...plainDevice,
      ...spec,
      barMasks: [0, 1, 2, 3, 4, 5].map((bar) => spec.barMasks?.[bar] ?? 0),
      msixAddress: bytesOf(spec.msixAddress ?? 0, `${where}[${index}].msixAddress`),
      capsStart: starts.get(capabilities) ?? 0,
      capsCount: capabilities.length,
    };
  });
  return { devices, caps };
}

/** A page of registers and, with MSI-X, one for the vectors' table. */
const ivshmemBar = 0xfffff000;
/** The hypervisor's limits (jailhouse's ivshmem has 16 vectors and twelve peers). */
const maxVectors = 16;
const maxPeers = 12;

/** The regions of the links' sections, in the links' order, and the devices that point at them. */
export function ivshmemDevices(
  specs: readonly IvshmemSpec[],
  rootshared: boolean,
  where: string,
): { regions: MemoryRegion[]; devices: PciDevice[] } {
  const regions: MemoryRegion[] = [];
  const devices = specs.map((spec, index): PciDevice => {
    const at = `${where}[${index}]`;
    checkKeys(spec, ["link", "id", "domain", "rootshared"], at);
    const { link, id } = spec;
    checkBdf(link.bdf, `${at}.link.bdf`);
    if (!Number.isInteger(id) || id < 0 || id >= maxPeers) {
      throw new UserError(`${at}: id ${id} is out of range; a link has peers 0 to ${maxPeers - 1}`);
    }
    const vectors = link.vectors ?? 0;
    if (vectors > maxVectors)
      throw new UserError(`${at}: ${vectors} vectors are too many; write at most ${maxVectors}`);
    const shmemRegionsStart = regions.length;
    regions.push(...sections(spec, spec.rootshared ?? rootshared, at));
    return {
      ...plainDevice,
      type: "ivshmem",
      domain: spec.domain ?? link.domain,
      bdf: link.bdf,
      barMasks: [ivshmemBar, vectors > 0 ? ivshmemBar : 0, 0, 0, 0, 0],
      msixVectors: vectors,
      shmemRegionsStart,
      shmemId: id,
      shmemPeers: link.peers,
      shmemProtocol: link.protocol ?? "undefined",
    };
  });
  return { regions, devices };
}

/** State table, common section, then the output section of each peer, behind each other: the hypervisor wants it so. */
function sections({ link, id }: IvshmemSpec, rootshared: boolean, where: string): MemoryRegion[] {
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
    ...Array.from({ length: link.peers }, (_, peer) => section(output, peer === id)),
  ];
}

function checkBdf(bdf: unknown, where: string): void {
  if (typeof bdf === "string" && parseBdf(bdf) !== undefined) return;
  throw new UserError(`${where}: "${bdf}" is no PCI address; write bus, device and function like "00:1b.0"`);
}
