/**
 * How the 1 GiB of RAM is shared out; Linux in the root cell has it but for the 82 MiB that memmap takes away:
 *
 *     0x3a000000   6 MiB  the hypervisor
 *     0x3a600000  72 MiB  linux-x86-demo, or inmates with more RAM than the demo cells have
 *     0x3ee00000   1 MiB  the inmate demos but for apic-demo: one at a time
 *     0x3ef00000   1 MiB  apic-demo
 *     0x3f000000 896 KiB  shared by root and linux-x86-demo: virtio block device
 *     0x3f0e0000  64 KiB  shared by root and linux-x86-demo: virtio console
 *     0x3f0f0000  64 KiB  shared by all: ivshmem-demo
 *     0x3f100000   1 MiB  shared by root and linux-x86-demo: network
 */
import { cable } from "../define/links.ts";
import type { IvshmemLink, IvshmemSpec } from "../define/specs.ts";

export const hypervisorMemory = { physical: 0x3a000000, size: "6M" };
export const inmateMemory = { physical: 0x3a600000, size: "72M" };
/** What root covers so that it can load the cells. */
export const cellsMemory = { address: 0x3a600000, size: "74M" };
export const demoMemory = { address: 0, physical: 0x3ee00000, size: "1M" };
export const apicDemoMemory = { physical: 0x3ef00000, size: "1M" };

/** virtio over ivshmem, the device's side and the driver's; virtio's device types are 2 for blocks, 3 for consoles. */
const backEnd = (type: number) => ({ protocol: 0xc000 | type });
const frontEnd = (type: number) => ({ protocol: 0x8000 | type });

/** @param bus on which the devices are: mainline's have one of their own, behind a bridge */
export function links(bus: "00" | "01") {
  const link = (device: string, base: number) => ({ bdf: `${bus}:${device}.0`, domain: 0, base, stateSize: "4K" });
  const pair = { outputSize: 0, peers: 2 };
  const block: IvshmemLink = { ...link("0c", 0x3f000000), ...pair, commonSize: "892K", ...backEnd(2), vectors: 2 };
  const console: IvshmemLink = { ...link("0d", 0x3f0e0000), ...pair, commonSize: "60K", ...backEnd(3), vectors: 3 };
  /** State table and messages of the ivshmem demos: root is peer 0, ivshmem-demo 1, linux-x86-demo 2. */
  const demo = { ...link("0e", 0x3f0f0000), commonSize: "36K", outputSize: "8K", peers: 3, vectors: 16 };
  const network: IvshmemLink = { ...cable(`${bus}:0f.0`, 0, 0x3f100000), vectors: 2 };
  const root: readonly IvshmemSpec[] = [
    ...[block, console, demo].map((link) => ({ link, id: 0 })),
    // Marked as shared although it is the root cell's own; the references have it so.
    { link: network, id: 0, rootshared: true },
  ];
  const linux: readonly IvshmemSpec[] = [
    { link: { ...block, ...frontEnd(2) }, id: 1 },
    { link: { ...console, ...frontEnd(3) }, id: 1 },
    { link: demo, id: 2 },
    { link: network, id: 1 },
  ];
  return { root, linux, inmate: [{ link: demo, id: 1 }] };
}

export const mainlineLinks = links("01");
export const rtLinks = links("00");
