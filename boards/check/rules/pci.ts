/** PCI devices of cells, which the hypervisor takes from the root cell. */

import { hex } from "../../define/sizes.ts";
import type { CellConfig, PciCap, PciDevice } from "../../model.ts";
import { formatBdf, parseBdf } from "../../pci-address.ts";
import type { Problem, Rule } from "../finding.ts";
import { memoryIn } from "../physical.ts";
import { pageSize } from "../ranges.ts";
import { regionText } from "../regions.ts";
import { type CheckedCell, type ConfigurationSet, pairs } from "../set.ts";

export const pciRules: readonly Rule[] = [
  {
    id: "pci-device-not-in-root",
    severity: "warning",
    about: "A PCI device that the root cell does not have.",
    consequence: "cell create does not refuse it: if there is no such device, the cell reads only ones from it",
    find: ({ cells, root }) =>
      cells.flatMap((cell) =>
        realDevices(cell.config)
          .filter(({ bdf }) => !root.config.pciDevices.some((device) => device.bdf === bdf))
          .map(({ bdf }) => ({
            cells: [cell, root],
            message: `${cell.title} has PCI device ${bdf}, which ${root.title} does not have`,
            remedy: `correct bus, device and function, or add the device to ${root.title}`,
          })),
      ),
  },
  {
    id: "pci-domain-differs",
    severity: "warning",
    about: "A PCI device that the root cell has in another domain.",
    consequence: "the driver does not find it to take it from Linux, whose own driver goes on using it",
    find: (set) =>
      taken(set, (cell, device, original) => {
        if (device.domain === original.domain) return undefined;
        const message = `${cell.title} has PCI device ${device.bdf} in domain ${device.domain}, ${set.root.title} in domain ${original.domain}`;
        return [message, `write domain ${original.domain}`];
      }),
  },
  {
    id: "pci-device-twice",
    severity: "error",
    about: "Two PCI devices of a cell at the same bus, device and function.",
    consequence: "the cell finds the first alone",
    find: ({ all }) =>
      all.flatMap((cell) =>
        pairs(cell.config.pciDevices)
          .filter(([a, b]) => a.bdf === b.bdf)
          .map(([a, b]) => ({
            cells: [cell],
            message: `${cell.title} has two PCI devices ${a.bdf}: ${a.type} in domain ${a.domain}, ${b.type} in domain ${b.domain}`,
            remedy: "give one of them another address: the hypervisor does not look at the domain",
          })),
      ),
  },
  {
    id: "pci-device-in-two-cells",
    severity: "error",
    about: "A PCI device in two cells.",
    consequence: "cell create does not refuse it: both cells program the device",
    find: ({ cells }) =>
      pairs(cells).flatMap(([a, b]) =>
        realDevices(a.config)
          .filter(({ bdf }) => realDevices(b.config).some((device) => device.bdf === bdf))
          .map(({ bdf }) => ({
            cells: [a, b],
            message: `${a.title} and ${b.title} both have PCI device ${bdf}`,
            remedy: "leave it to one of them",
          })),
      ),
  },
  {
    id: "pci-bars-differ",
    severity: "error",
    about: "Masks of BARs that differ from those of the root cell's device.",
    consequence: "the cell finds BARs of the wrong size, or addresses where there is none",
    find: (set) =>
      taken(set, (cell, device, original) => {
        const bar = device.barMasks.findIndex((mask, index) => mask !== original.barMasks[index]);
        if (bar < 0) return undefined;
        const mask = ({ barMasks }: PciDevice) => hex(BigInt(barMasks[bar] ?? 0));
        const message = `${cell.title} has BAR ${bar} of PCI device ${device.bdf} with mask ${mask(device)}, ${set.root.title} with ${mask(original)}`;
        return [message, `write ${mask(original)}`];
      }),
  },
  {
    id: "pci-msi-differs",
    severity: "error",
    about: "Interrupt vectors or an MSI-X table that differ from those of the root cell's device.",
    consequence: "the hypervisor sets up other vectors than the device has: interrupts get lost",
    find: (set) =>
      taken(set, (cell, device, original) => {
        const key = msiKeys.find((name) => String(device[name]) !== String(original[name]));
        if (key === undefined) return undefined;
        const value = (from: PciDevice) => {
          const found = from[key];
          return typeof found === "bigint" ? hex(found) : String(found) || "none";
        };
        const message = `${cell.title} has PCI device ${device.bdf} with ${key} ${value(device)}, ${set.root.title} with ${value(original)}`;
        return [message, `write ${value(original)}`];
      }),
  },
  {
    id: "pci-caps-differ",
    severity: "error",
    about: "A capability that the root cell's device does not have there.",
    consequence: "the hypervisor lets the cell write what is there instead, or takes it for the device's MSI registers",
    find: (set) =>
      taken(set, (cell, device, original) => {
        const known = capsOf(set.root.config, original);
        const other = capsOf(cell.config, device).find((cap) => !known.some((own) => sameCap(cap, own)));
        if (!other) return undefined;
        const message = `${cell.title} has PCI device ${device.bdf} with ${capText(other)}, ${set.root.title} without it`;
        return [message, `take the list of ${set.root.title}: ${known.map(capText).join(", ") || "none"}`];
      }),
  },
  {
    id: "pci-caps-out-of-range",
    severity: "error",
    about: "A PCI device whose capabilities are not in the cell's list.",
    consequence: "the hypervisor takes bytes behind the list for capabilities",
    find: ({ all }) =>
      all.flatMap((cell) =>
        cell.config.pciDevices
          .filter(({ capsStart, capsCount }) => capsCount > 0 && capsStart + capsCount > cell.config.pciCaps.length)
          .map(({ bdf, capsStart, capsCount }) => ({
            cells: [cell],
            message: `${cell.title}: PCI device ${bdf} has capabilities ${capsStart}-${capsStart + capsCount - 1}, the cell ${cell.config.pciCaps.length}`,
            remedy: "correct the device's first capability or their number",
          })),
      ),
  },
  {
    id: "pci-bus-out-of-range",
    severity: "error",
    about: "A PCI device on a bus that the MMCONFIG does not have (Arm).",
    consequence: "the cell does not reach the device",
    find: ({ all, system }) =>
      all.flatMap((cell) =>
        cell.config.pciDevices
          .filter(({ bdf }) => system.arm && !hasBus(system.pciMmconfigBase, system.pciMmconfigEndBus, bdf))
          .map(({ bdf }) => ({
            cells: [cell],
            message:
              system.pciMmconfigBase === 0n
                ? `${cell.title} has PCI device ${bdf}, but the system no MMCONFIG`
                : `${cell.title} has PCI device ${bdf}, but the system's MMCONFIG ends with bus ${formatBdf(system.pciMmconfigEndBus << 8).slice(0, 2)}`,
            remedy: "correct the device's bus, or the system's MMCONFIG",
          })),
      ),
  },
  {
    id: "msix-table-granted",
    severity: "error",
    about: "A region over the MSI-X table of a PCI device of the cell.",
    consequence: "the hypervisor does not see the cell's accesses: its interrupts are not translated and do not arrive",
    find: ({ all, colorCount }) =>
      all.flatMap((cell) =>
        realDevices(cell.config).flatMap(({ bdf, msixAddress, msixRegionSize }): Problem[] => {
          if (msixAddress === 0n) return [];
          const size = (BigInt(msixRegionSize) + pageSize - 1n) & -pageSize;
          const region = cell.regions.find((other) => memoryIn({ start: msixAddress, size }, other, colorCount));
          if (!region) return [];
          const message = `${cell.title}: ${regionText(region)} overlaps the MSI-X table of PCI device ${bdf} at ${hex(msixAddress)}`;
          return [{ cells: [cell], message, remedy: "leave the table's pages out" }];
        }),
      ),
  },
];

const msiKeys = ["msiVectors", "msiFlags", "msixVectors", "msixRegionSize", "msixAddress"] as const;

function realDevices({ pciDevices }: CellConfig): PciDevice[] {
  return pciDevices.filter(({ type }) => type !== "ivshmem");
}

/** A problem for each device that cells take from the root cell and of which `find` says what is wrong and what to do. */
function taken(
  { cells, root }: ConfigurationSet,
  find: (cell: CheckedCell, device: PciDevice, original: PciDevice) => readonly [string, string] | undefined,
): Problem[] {
  return cells.flatMap((cell) =>
    realDevices(cell.config).flatMap((device): Problem[] => {
      const original = realDevices(root.config).find(({ bdf }) => bdf === device.bdf);
      const found = original && find(cell, device, original);
      return found ? [{ cells: [cell, root], message: found[0], remedy: found[1] }] : [];
    }),
  );
}

function capsOf({ pciCaps }: CellConfig, { capsStart, capsCount }: PciDevice): readonly PciCap[] {
  return pciCaps.slice(capsStart, capsStart + capsCount);
}

function sameCap(a: PciCap, b: PciCap): boolean {
  return a.id === b.id && a.start === b.start && a.length <= b.length;
}

/** "msi at 0x60 (14 bytes)" */
function capText({ id, start, length }: PciCap): string {
  return `${typeof id === "number" ? `capability ${hex(BigInt(id))}` : id} at ${hex(BigInt(start))} (${length} bytes)`;
}

function hasBus(base: bigint, endBus: number, bdf: string): boolean {
  return base !== 0n && (parseBdf(bdf) ?? 0) >> 8 <= endBus;
}
