/** Who is at the other ends of an ivshmem link, as far as the board's configurations tell. */
import type { CellConfig, PciDevice } from "../model.ts";
import type { Subject } from "./subject.ts";

/** By peer number, the board's cells that have a device of the same bus, device and function: the hypervisor connects those. */
export function peersOn({ board, format }: Subject, { bdf }: PciDevice): Map<number, string> {
  const configurations = board?.[format];
  const peers = new Map<number, string>();
  if (!configurations) return peers;
  const cells: [string, CellConfig][] = [
    ["root", configurations.system.rootCell],
    ...Object.entries(configurations.cells),
  ];
  for (const [name, { pciDevices }] of cells) {
    for (const { type, shmemId, bdf: other } of pciDevices) {
      if (type !== "ivshmem" || other !== bdf) continue;
      const known = peers.get(shmemId);
      peers.set(shmemId, known === undefined ? name : `${known} or ${name}`);
    }
  }
  return peers;
}
