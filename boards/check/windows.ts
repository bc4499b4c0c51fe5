/** Physical addresses of registers that the hypervisor keeps for itself or moderates. */
import type { Range } from "./ranges.ts";
import type { ConfigurationSet } from "./set.ts";

export interface Window extends Range {
  readonly name: string;
  /** false: the hypervisor's alone; cells find nothing there. */
  readonly own?: boolean;
}

const mebibyte = 1n << 20n;

/** PCI configuration space: a MiB a bus. */
export function mmconfig({ system }: ConfigurationSet): Window[] {
  if (system.pciMmconfigBase === 0n) return [];
  const size = BigInt(system.pciMmconfigEndBus + 1) * mebibyte;
  return [{ name: "the MMCONFIG", start: system.pciMmconfigBase, size }];
}

/** The driver gives Linux two pages a device, behind the configuration space of one bus. */
export function virtualPciWindow({ system, root }: ConfigurationSet): Window[] {
  const devices = root.config.pciDevices.filter(({ type }) => type === "ivshmem").length;
  if (!system.pciIsVirtual || devices === 0) return [];
  const start = system.pciMmconfigBase + mebibyte;
  return [{ name: "the ivshmem devices' registers", start, size: BigInt(devices) * 0x2000n }];
}

/** Sizes are those that the hypervisor maps or traps. */
export function interruptControllers({ system, root }: ConfigurationSet): Window[] {
  if (system.arch === "x86") {
    const ioapics = [...new Set(root.config.irqchips.map(({ address }) => address))];
    return [
      { name: "the local APIC", start: 0xfee00000n, size: 0x1000n },
      ...ioapics.map((start) => ({ name: "the IOAPIC", start, size: 0x1000n })),
    ];
  }
  if (!system.arm) return [];
  const { gicVersion, gicdBase, giccBase, gichBase, gicvBase, gicrBase } = system.arm;
  const gicv2: Window[] = [
    { name: "the GIC's distributor (GICD)", start: gicdBase, size: 0x1000n },
    { name: "the GIC's CPU interface (GICC)", start: giccBase, size: 0x2000n },
    { name: "the GIC's hypervisor interface (GICH)", start: gichBase, size: 0x2000n, own: false },
    { name: "the GIC's virtual CPU interface (GICV)", start: gicvBase, size: 0x2000n, own: false },
  ];
  const gicv3: Window[] = [
    { name: "the GIC's distributor (GICD)", start: gicdBase, size: 0x10000n },
    // 128 KiB a CPU.
    { name: "the GIC's redistributors (GICR)", start: gicrBase, size: 0x20000n * BigInt(root.config.cpus.length) },
  ];
  return (gicVersion === 2 ? gicv2 : gicv3).filter(({ start }) => start !== 0n);
}

export function iommus({ system }: ConfigurationSet): Window[] {
  return system.iommus
    .filter(({ type }) => type !== "unused")
    .flatMap(({ type, base, size, pvu }) => [
      { name: `the IOMMU's registers (${type})`, start: base, size: BigInt(size) },
      ...(pvu ? [{ name: "the IOMMU's TLB (pvu)", start: pvu.tlbBase, size: BigInt(pvu.tlbSize) }] : []),
    ]);
}
