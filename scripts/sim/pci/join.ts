/** Two simulated cells on the ivshmem links that both have: from now on they share the sections' memory, and ring each other. */
import type { PciDevice } from "../../../boards/index.ts";
import type { Machine } from "../machine.ts";

/** State table and common section come before the peers' output sections. */
const COMMON_SECTIONS = 2;

/** What the second cell had in the sections is gone. @throws UserError when both are the same peer of a link. */
export function joinMachines(first: Machine, second: Machine): void {
  for (const one of linksOf(first)) {
    const other = linksOf(second).find(({ bdf }) => bdf === one.bdf);
    if (other) shareSections(first, one, second, other);
  }
  second.pci.join(first.links);
}

function linksOf({ cell }: Machine): PciDevice[] {
  return cell.pciDevices.filter(({ type }) => type === "ivshmem");
}

function shareSections(first: Machine, one: PciDevice, second: Machine, other: PciDevice): void {
  for (let i = 0; i < COMMON_SECTIONS + Math.min(one.shmemPeers, other.shmemPeers); i++) {
    const from = first.cell.memory[one.shmemRegionsStart + i];
    const to = second.cell.memory[other.shmemRegionsStart + i];
    if (!from || !to || from.size === 0n || from.physical !== to.physical || from.size !== to.size) continue;
    const memory = first.space.memoryAt(Number(from.address));
    if (!memory) continue;
    const offset = Number(from.address) - memory.address;
    second.space.replace(Number(to.address), memory.bytes.subarray(offset, offset + Number(from.size)));
  }
}
