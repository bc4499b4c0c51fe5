/** The single fields of a cell or system, each by its name and in words. `show` prints them, `diff` compares them. */
import { formatNumbers } from "../define/checks.ts";
import { hex } from "../define/sizes.ts";
import type { CellConfig, Iommu, SystemConfig } from "../model.ts";
import { consoleText } from "./console.ts";
import { firstSpi } from "./devices.ts";
import { iommuNames } from "./meanings.ts";
import { regionTitle } from "./regions.ts";
import { cellOf, type Subject } from "./subject.ts";
import { plural, sizeText } from "./text.ts";

export type Fields = readonly (readonly [name: string, value: string])[];

/** Of a cell, or of a system's root cell; flags, memory and devices are not among them. */
export function cellFields(subject: Subject): Fields {
  const cell = cellOf(subject.config);
  return [
    ["name", cell.name],
    ["architecture", cell.arch],
    ["CPUs", cell.cpus.length === 0 ? "none" : formatNumbers(cell.cpus)],
    ["starts at", resetText(subject, cell)],
    ["console", consoleText(cell.console, subject.board)],
    ["messages", timeoutText(cell.replyTimeout)],
    ["PCI bus", intxText(cell.vpciIrqBase)],
    ["id", cell.id === 0 ? "given by the driver" : `${cell.id}`],
    ["CPU bitmap", `${cell.cpuSetSize} bytes`],
  ];
}

/** Of the hypervisor's part of a system; its flags are not among them. */
export function systemFields(system: SystemConfig, { board }: Subject): Fields {
  const { hypervisorMemory, debugConsole, arm, x86, iommus } = system;
  return [
    ["hypervisor", `${sizeText(hypervisorMemory.size)} at physical ${hex(hypervisorMemory.physical)}`],
    ["hypervisor's console", consoleText(debugConsole, board)],
    ["PCI", pciText(system)],
    ...(arm ? [["GIC", gicText(arm)] as const] : []),
    ...(x86 ? [["x86", x86Text(x86)] as const] : []),
    ...iommus.map((unit, index) => [`IOMMU ${index}`, iommuText(unit)] as const),
  ];
}

function resetText(subject: Subject, { resetAddress, memory, colored }: CellConfig): string {
  const region = [...memory, ...colored].find(
    ({ address, size }) => resetAddress >= address && resetAddress < address + size,
  );
  if (!region) return `${hex(resetAddress)}, where the cell has no memory`;
  const title = region.flags.includes("loadable") ? "RAM" : regionTitle(subject, region);
  const offset = resetAddress - region.address;
  return `${hex(resetAddress)}, ${offset === 0n ? "the beginning of" : `${sizeText(offset)} into`} its ${title}`;
}

function timeoutText(loops: bigint): string {
  return `the hypervisor waits ${loops === 0n ? "for ever" : `${loops} loops`} for an answer`;
}

/** The four interrupts of the virtual PCI bus (Arm). */
function intxText(base: number): string {
  if (base === 0) return "has no interrupts";
  const first = base + firstSpi;
  return `INTA to INTD are interrupts ${first} to ${first + 3} (SPIs ${base} to ${base + 3})`;
}

function pciText({ pciMmconfigBase, pciMmconfigEndBus, pciIsVirtual, pciDomain }: SystemConfig): string {
  if (pciMmconfigBase === 0n) return "none";
  const domain = pciDomain === 0xffff ? "a domain that Linux chooses" : `domain ${pciDomain}`;
  const kind = pciIsVirtual ? "a virtual bus for ivshmem" : "the machine's own";
  const buses = pciMmconfigEndBus === 0 ? "1 bus" : `${pciMmconfigEndBus + 1} buses`;
  return `${kind}, configuration space at ${hex(pciMmconfigBase)}, ${buses}, ${domain}`;
}

function gicText(arm: NonNullable<SystemConfig["arm"]>): string {
  const bases = { GICD: arm.gicdBase, GICR: arm.gicrBase, GICC: arm.giccBase, GICH: arm.gichBase, GICV: arm.gicvBase };
  const parts = Object.entries(bases).flatMap(([name, base]) => (base === 0n ? [] : [`${name} ${hex(base)}`]));
  return `version ${arm.gicVersion}: ${parts.join(", ")}; maintenance interrupt ${arm.maintenanceIrq}`;
}

function x86Text(x86: NonNullable<SystemConfig["x86"]>): string {
  const rate = (name: string, khz: number) => `${name} ${khz === 0 ? "as Linux calibrates it" : `${khz} kHz`}`;
  const limit = x86.vtdInterruptLimit;
  return [
    `PM timer at port ${hex(BigInt(x86.pmTimerAddress))}`,
    x86.apicMode === "auto" ? "APIC mode as found" : x86.apicMode,
    rate("TSC", x86.tscKhz),
    rate("APIC timer", x86.apicKhz),
    ...(limit > 0 ? [`at most ${plural(limit, "interrupt")} through VT-d`] : []),
  ].join("; ");
}

function iommuText({ type, base, size, amd, pvu }: Iommu): string {
  const at = (offset: number) => hex(BigInt(offset));
  return [
    `${iommuNames[type]}, ${sizeText(BigInt(size))} at ${hex(base)}`,
    ...(amd
      ? [`PCI ${amd.bdf}, capabilities at ${at(amd.baseCap)} and ${at(amd.msiCap)}, features ${at(amd.features)}`]
      : []),
    ...(pvu ? [`TLB of ${sizeText(BigInt(pvu.tlbSize))} at ${hex(pvu.tlbBase)}`] : []),
  ].join("; ");
}
