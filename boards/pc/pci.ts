/** Short words for what PCs' configurations are made of. */
import type { Size } from "../define/sizes.ts";
import type { MemorySpec, PciSpec } from "../define/specs.ts";
import type { PciCapFlag, PciCapId } from "../format/words.ts";
import type { PciCap, PortRange } from "../model.ts";

/** A capability of a PCI device; what cells may write must say so. */
export function cap(id: PciCapId, start: number, length: number, ...flags: readonly PciCapFlag[]): PciCap {
  return { id, start, length, flags };
}

/** MSI with 64-bit addresses. */
export function msi(vectors = 1): Pick<PciSpec, "msiVectors" | "msiFlags"> {
  return { msiVectors: vectors, msiFlags: ["64bit"] };
}

/** MSI-X with its table in one page, which no memory region may contain: the hypervisor moderates it. */
export function msix(vectors: number, table: bigint): Partial<PciSpec> {
  return { msixVectors: vectors, msixRegionSize: 0x1000, msixAddress: table };
}

/** The memory of a PCI device's BAR, or other memory that is neither RAM nor code. */
export function bar({ address, size }: { readonly address: Size; readonly size: Size }): MemorySpec {
  return { address, size, flags: ["read", "write"] };
}

export function readOnly(address: number, size: number): MemorySpec {
  return { address, size, flags: ["read"] };
}

export function ports(base: number, length: number): PortRange {
  return { base, length };
}

/** COM1 and COM2. */
export const com1 = ports(0x3f8, 8);
export const com2 = ports(0x2f8, 8);

export const timer = { note: "the TSC, whose rate the comm region tells; the PM timer has 3,579,545 Hz" };
