/** A cell's PCI devices, bridges and ivshmem links. */
import { hex } from "../define/sizes.ts";
import type { CellConfig, PciCap, PciDevice } from "../model.ts";
import { firstSpi, intxPin } from "./devices.ts";
import type { Fields } from "./fields.ts";
import { protocolText, sectionsText } from "./ivshmem.ts";
import { pairs, plural, sizeText } from "./text.ts";

export type Peers = ReadonlyMap<number, string>;

/** @param peers who is on a device's link, by peer number */
export function pciLines(cell: CellConfig, peers: (device: PciDevice) => Peers): string[] {
  return cell.pciDevices.flatMap((device) => {
    const [head, ...rows] = pciFields(cell, device, peers(device));
    return [`  ${device.bdf}  ${head![1]}`, ...pairs(rows, 11)];
  });
}

/** What a device is comes first. */
export function pciFields(cell: CellConfig, device: PciDevice, peers: Peers = new Map()): Fields {
  const { type, domain } = device;
  const where = domain === 0 ? "" : `, in domain ${domain === 0xffff ? "0xffff (Linux chooses)" : domain}`;
  return [
    ["type", `${type}${where}`],
    ...(type === "ivshmem" ? linkFields(cell, device, peers) : deviceFields(cell, device)),
  ];
}

function linkFields(cell: CellConfig, device: PciDevice, peers: Peers): Fields {
  const { shmemId, shmemPeers, shmemProtocol } = device;
  const others = [...peers].filter(([id]) => id !== shmemId).map(([id, name]) => `${id} is ${name}`);
  return [
    ["link", [`peer ${shmemId} of ${shmemPeers}`, ...others].join("; ")],
    ["protocol", protocolText(shmemProtocol)],
    ["memory", sectionsText(cell, device)],
    ["interrupt", linkInterrupt(cell, device)],
    ["BARs", bars(device.barMasks)],
  ];
}

function linkInterrupt(cell: CellConfig, device: PciDevice): string {
  const pin = intxPin(device);
  if (pin === undefined) return `MSI-X, ${plural(device.msixVectors, "vector")}`;
  const name = `INT${"ABCD"[pin]}`;
  return cell.vpciIrqBase === 0 ? name : `${name}, interrupt ${cell.vpciIrqBase + firstSpi + pin}`;
}

function deviceFields(cell: CellConfig, device: PciDevice): Fields {
  const { iommu, barMasks, msiVectors, msiFlags, msixVectors, msixRegionSize, msixAddress } = device;
  const caps = cell.pciCaps.slice(device.capsStart, device.capsStart + device.capsCount);
  const msi = `${plural(msiVectors, "vector")}${msiFlags.length === 0 ? "" : ` (${msiFlags.join(", ")})`}`;
  const msix = `${plural(msixVectors, "vector")}, table of ${sizeText(BigInt(msixRegionSize))} at ${hex(msixAddress)}`;
  return [
    ...(cell.arch === "x86" ? [["IOMMU", `unit ${iommu}`] as const] : []),
    ...(barMasks.some((mask) => mask !== 0) ? [["BARs", bars(barMasks)] as const] : []),
    ...(msiVectors > 0 ? [["MSI", msi] as const] : []),
    ...(msixVectors > 0 ? [["MSI-X", msix] as const] : []),
    ...(caps.length > 0 ? [["capabilities", caps.map(capText).join("; ")] as const] : []),
  ];
}

/** A mask's set bits are those that the cell can write: usually all from the BAR's size upwards. */
function bars(masks: readonly number[]): string {
  const named = masks.flatMap((mask, bar) => {
    if (mask === 0) return [];
    if (bar > 0 && mask === 0xffffffff) return [`BAR${bar} the upper half of BAR${bar - 1}`];
    const size = (mask & -mask) >>> 0;
    return [size + mask === 2 ** 32 ? `BAR${bar} ${sizeText(BigInt(size))}` : `BAR${bar} mask ${hex(BigInt(mask))}`];
  });
  return named.length === 0 ? "none that the cell can move" : named.join(", ");
}

function capText({ id, start, length, flags }: PciCap): string {
  const name = typeof id === "number" ? `capability ${hex(BigInt(id))}` : id;
  return `${name} at ${hex(BigInt(start))} (${plural(length, "byte")}${flags.includes("write") ? ", writable" : ""})`;
}
