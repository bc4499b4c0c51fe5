/** Shared memory links: which sections a device has, and who is at the other ends. */
import type { ShmemProtocol } from "../format/words.ts";
import type { CellConfig, PciDevice } from "../model.ts";
import { plural, rangeText, sizeText } from "./text.ts";

/** By index of the region, what it is for a link: "ivshmem 00:00.0: state table". `self` is what the cell is called. */
export function sectionNames({ memory, pciDevices }: CellConfig, self = "this cell"): Map<number, string> {
  const names = new Map<number, string>();
  for (const device of pciDevices) {
    if (device.type !== "ivshmem") continue;
    const { shmemPeers, shmemId, shmemRegionsStart, bdf } = device;
    const output = (peer: number) => (peer === shmemId ? `output of ${self} (${peer})` : `output of peer ${peer}`);
    const sections = [
      "state table",
      "common section",
      ...Array.from({ length: shmemPeers }, (_, peer) => output(peer)),
    ];
    for (const [offset, section] of sections.entries()) {
      const index = shmemRegionsStart + offset;
      if (index < memory.length) names.set(index, `ivshmem ${bdf}: ${section}`);
    }
  }
  return names;
}

/** Where a link's sections lie, and how big they are: state table, common section, then the output of each peer. */
export function sectionsText({ memory }: CellConfig, { shmemRegionsStart, shmemPeers }: PciDevice): string {
  const regions = memory.slice(shmemRegionsStart, shmemRegionsStart + 2 + shmemPeers);
  const [state, common, ...outputs] = regions;
  if (!state || !common || outputs.length < shmemPeers) return "regions are missing at the end of the list";
  const size = regions.reduce((sum, region) => sum + region.size, 0n);
  const sizes = [...new Set(outputs.map((output) => sizeText(output.size)))].join(", ");
  return [
    `${rangeText(state.address, size)}: state table ${sizeText(state.size)}`,
    common.size === 0n ? "no common section" : `common section ${sizeText(common.size)}`,
    outputs.every((output) => output.size === 0n) ? "no outputs" : `${plural(outputs.length, "output")} of ${sizes}`,
  ].join(", ");
}

const virtioDevices: Readonly<Record<number, string>> = { 1: "network", 2: "block", 3: "console" };

/** Numbers from 0x4000 are free for own protocols, from 0x8000 on virtio's front ends, from 0xc000 on its back ends. */
export function protocolText(protocol: ShmemProtocol): string {
  if (protocol === "undefined") return "undefined: the programs agree on one";
  if (protocol === "veth") return "virtual Ethernet (veth)";
  if (protocol === undefined || typeof protocol === "string") return String(protocol);
  const number = `0x${protocol.toString(16)}`;
  if (protocol < 0x8000) return `own protocol ${number}`;
  const kind = virtioDevices[protocol & 0x3fff] ?? "device";
  return `virtio ${kind}, ${protocol < 0xc000 ? "front" : "back"} end (${number})`;
}
