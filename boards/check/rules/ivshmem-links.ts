/** Whether the ends of ivshmem links meet. */
import { hex } from "../../define/sizes.ts";
import type { ShmemProtocol } from "../../format/words.ts";
import type { Problem, Rule } from "../finding.ts";
import { rangeText } from "../ranges.ts";
import { type Region, regionText } from "../regions.ts";
import { type Endpoint, endpointsOf, linksOf, sectionName } from "../sections.ts";
import { type ConfigurationSet, pairs } from "../set.ts";

/** Protocols of virtio devices: a front end's number with this bit is its back end's. */
const virtio = 0x8000;
const virtioBackend = 0x4000;

export const ivshmemLinkRules: readonly Rule[] = [
  {
    id: "ivshmem-alone",
    severity: "warning",
    about: "An ivshmem device that no other of the given cells has, by bus, device and function.",
    consequence: "the device is there, but nobody answers",
    find: (set) =>
      set.cells.flatMap((cell) =>
        endpointsOf(cell)
          .filter(({ device }) => !set.all.some((other) => other !== cell && hasDevice(other, device.bdf)))
          .map(({ device }) => ({
            cells: [cell],
            message: `${cell.title}: ivshmem device ${device.bdf} has no other end in ${set.all
              .filter((other) => other !== cell)
              .map(({ title }) => title)
              .join(", ")}`,
            remedy: "correct the address, or check it together with the cell of the other end",
          })),
      ),
  },
  {
    id: "ivshmem-id-twice",
    severity: "error",
    about: "Two ends of an ivshmem link with the same id.",
    consequence: "cell create of the second of them fails with EBUSY",
    find: (set) =>
      everyPair(set, (a, b) => {
        if (a.device.shmemId !== b.device.shmemId) return undefined;
        return [`${both(a, b)} are both peer ${a.device.shmemId}`, "give each its own id"];
      }),
  },
  {
    id: "ivshmem-peers-differ",
    severity: "warning",
    about: "Ends of an ivshmem link with different numbers of peers.",
    consequence:
      "the end with fewer peers does not tell the others of changes of its state, nor use their output sections",
    find: (set) =>
      everyPair(set, (a, b) => {
        if (a.device.shmemPeers === b.device.shmemPeers) return undefined;
        return [`${both(a, b)} have ${a.device.shmemPeers} and ${b.device.shmemPeers} peers`, "write the same number"];
      }),
  },
  {
    id: "ivshmem-protocols-differ",
    severity: "error",
    about: "Ends of an ivshmem link with different protocols that are no virtio front end and back end.",
    consequence: "their drivers do not fit: they find no peer, or take its data for something else",
    find: (set) =>
      everyPair(set, (a, b) => {
        const [mine, other] = [a.device.shmemProtocol, b.device.shmemProtocol];
        if (mine === other || areVirtioEnds(mine, other)) return undefined;
        return [
          `${both(a, b)} have the protocols ${protocolText(mine)} and ${protocolText(other)}`,
          "write the same one",
        ];
      }),
  },
  {
    id: "ivshmem-vectors-differ",
    severity: "warning",
    about: "Ends of an ivshmem link with different numbers of vectors.",
    consequence: "an end raises only as many vectors as it has itself, and those that its peer lacks get lost",
    find: (set) =>
      everyPair(set, (a, b) => {
        const vectors = ({ device }: Endpoint) => Math.max(1, device.msixVectors);
        if (vectors(a) === vectors(b)) return undefined;
        return [`${both(a, b)} have ${vectors(a)} and ${vectors(b)} vectors`, "write the same number"];
      }),
  },
  {
    id: "ivshmem-memory-differs",
    severity: "error",
    about: "Ends of an ivshmem link whose sections are not the same memory.",
    consequence: "what one end writes does not appear at the other",
    find: (set) =>
      everyPair(set, (a, b) => {
        const index = a.sections.findIndex((section, n) => {
          const other = b.sections[n];
          return other && (section.size !== other.size || (section.size > 0n && section.physical !== other.physical));
        });
        const [mine, other] = [a.sections[index], b.sections[index]];
        if (!mine || !other) return undefined;
        const message = `${both(a, b)} have different memory as ${sectionName(index)}: ${physicalText(mine)} and ${physicalText(other)}`;
        return [message, "give both the same physical addresses and sizes"];
      }),
  },
  {
    id: "ivshmem-taken-from-root",
    severity: "error",
    about: "Sections of a link to the root cell that are not rootshared in the other cell.",
    consequence: "cell create takes them from the root cell: what Linux reads or writes there parks its CPU",
    find: (set) =>
      everyPair(set, (a, b) => {
        if (a.cell !== set.root) return undefined;
        const section = b.sections.find(({ flags, size }) => size > 0n && !flags.includes("rootshared"));
        if (!section) return undefined;
        return [
          `${both(a, b)} share ${regionText(section)} of ${b.cell.title}, which is not rootshared`,
          "add the flag",
        ];
      }),
  },
];

function hasDevice(cell: ConfigurationSet["root"], bdf: string): boolean {
  return endpointsOf(cell).some(({ device }) => device.bdf === bdf);
}

/** A problem for each two ends of a link of which `find` says what is wrong and what to do; the root cell's end first. */
function everyPair(
  { all }: ConfigurationSet,
  find: (a: Endpoint, b: Endpoint) => readonly [string, string] | undefined,
): Problem[] {
  return linksOf(all).flatMap(({ bdf, endpoints }) =>
    pairs(endpoints.filter((end, index) => endpoints.findIndex(({ cell }) => cell === end.cell) === index)).flatMap(
      ([a, b]): Problem[] => {
        const found = find(a, b);
        return found
          ? [{ cells: [a.cell, b.cell], message: `ivshmem link ${bdf}: ${found[0]}`, remedy: found[1] }]
          : [];
      },
    ),
  );
}

function both(a: Endpoint, b: Endpoint): string {
  return `${a.cell.title} and ${b.cell.title}`;
}

function areVirtioEnds(a: ShmemProtocol, b: ShmemProtocol): boolean {
  if (typeof a !== "number" || typeof b !== "number") return false;
  return a >= virtio && b >= virtio && (a ^ b) === virtioBackend;
}

function protocolText(protocol: ShmemProtocol): string {
  return typeof protocol === "number" ? hex(BigInt(protocol)) : protocol;
}

function physicalText({ label, physical, size }: Region): string {
  return `${label} ${size === 0n ? "empty" : `physical ${rangeText({ start: physical, size })}`}`;
}
