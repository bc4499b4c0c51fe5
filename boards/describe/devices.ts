/** Which devices of a board lie where, and whose an interrupt is. */
import type { Board } from "../board.ts";
import type { CellConfig, PciDevice } from "../model.ts";
import { parseBdf } from "../pci-address.ts";

/** The devices with registers between `start` and `start + size`, by their physical addresses. */
export function devicesIn(board: Board | undefined, start: bigint, size: bigint): string[] {
  return Object.entries(board?.devices ?? {})
    .filter(([, device]) => device.address < start + size && start < device.address + device.size)
    .map(([name]) => name);
}

/** " (pl011)" behind an address, or nothing. */
export function deviceHint(board: Board | undefined, address: bigint): string {
  const names = devicesIn(board, address, 1n);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

/** SPIs are interrupt IDs from 32; the virtual PCI bus counts from there, too (Arm GICv3 spec 2.2). */
export const firstSpi = 32;
const intx = ["INTA", "INTB", "INTC", "INTD"];

/** What raises interrupt `id` (Arm), as far as board and cell tell; undefined if nothing is known. */
export function interruptSource(board: Board | undefined, cell: CellConfig, id: number): string | undefined {
  const names = Object.entries(board?.devices ?? {}).flatMap(([name, { interrupt }]) =>
    interrupt === id ? [name] : [],
  );
  const pin = id - firstSpi - cell.vpciIrqBase;
  const isIntx = cell.vpciIrqBase > 0 && pin >= 0 && pin < intx.length;
  if (isIntx) {
    const users = cell.pciDevices.filter((device) => intxPin(device) === pin).map(({ bdf }) => `ivshmem ${bdf}`);
    names.push(`${intx[pin]} of the virtual PCI bus${users.length === 0 ? "" : `: ${users.join(", ")}`}`);
  }
  return names.length === 0 ? undefined : names.join("; ");
}

/** The pin of the virtual bus that an ivshmem device without MSI-X raises, 0 to 3: its device number's two low bits. */
export function intxPin({ type, msixVectors, bdf }: PciDevice): number | undefined {
  if (type !== "ivshmem" || msixVectors > 0) return undefined;
  return ((parseBdf(bdf) ?? 0) >> 3) & 3;
}
