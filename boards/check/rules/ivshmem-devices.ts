/** One end of an ivshmem link: the device and its sections. The link between cells is in ivshmem-links.ts. */
import { formatSize, hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";
import { pageSize } from "../ranges.ts";
import { addressesOf, regionText } from "../regions.ts";
import { type Endpoint, endpointsOf, firstOutput, sectionName } from "../sections.ts";
import type { ConfigurationSet } from "../set.ts";

/** The hypervisor's limits. */
const mostVectors = 16;
const mostPeers = 12;

export const ivshmemDeviceRules: readonly Rule[] = [
  {
    id: "ivshmem-regions-out-of-range",
    severity: "error",
    about: "An ivshmem device whose sections are not in the cell's list of regions.",
    consequence: "cell create fails with EINVAL; in a system, jailhouse enable does",
    find: (set) =>
      everyDevice(set, ({ cell, device }) => {
        const { shmemRegionsStart: start, shmemPeers: peers } = device;
        const end = start + firstOutput + peers;
        const { length } = cell.config.memory;
        if (end <= length) return undefined;
        const message = `of ${peers} peers has its sections in memory[${start}]-memory[${end - 1}], but there are ${length} regions`;
        return [
          message,
          "correct the first region or the number of peers: a state table, a common section, one a peer",
        ];
      }),
  },
  {
    id: "ivshmem-vectors",
    severity: "error",
    about: "An ivshmem device with more than 16 vectors.",
    consequence: "cell create fails with EINVAL; in a system, jailhouse enable does",
    find: (set) =>
      everyDevice(set, ({ device }) => {
        if (device.msixVectors <= mostVectors) return undefined;
        return [`has ${device.msixVectors} vectors`, `give it at most ${mostVectors}`];
      }),
  },
  {
    id: "ivshmem-id",
    severity: "error",
    about: "An ivshmem device with an id from 12 on.",
    consequence: "cell create fails with EINVAL; in a system, jailhouse enable does",
    find: (set) =>
      everyDevice(set, ({ device }) => {
        if (device.shmemId < mostPeers) return undefined;
        return [`has id ${device.shmemId}`, `choose from 0 to ${mostPeers - 1}`];
      }),
  },
  {
    id: "ivshmem-id-beyond-peers",
    severity: "warning",
    about: "An ivshmem device whose id is none of its peers'.",
    consequence:
      "it has no output section, and peers with the same number of peers do not tell it of changes of their state",
    find: (set) =>
      everyDevice(set, ({ device: { shmemId, shmemPeers } }) => {
        if (shmemId < shmemPeers || shmemId >= mostPeers) return undefined;
        return [
          `has id ${shmemId}, but ${shmemPeers} ${shmemPeers === 1 ? "peer" : "peers"}`,
          `make it ${shmemId + 1} peers, with an output section for each`,
        ];
      }),
  },
  {
    id: "ivshmem-bars",
    severity: "error",
    about: "Masks of BARs by which an ivshmem device has no registers or no MSI-X table.",
    consequence: "the cell cannot place the registers, or the vectors: it cannot use the device",
    find: (set) =>
      everyDevice(set, ({ device: { barMasks, msixVectors } }) => {
        const bar = [0, 1].find((index) => (index === 0 || msixVectors > 0) && !barMasks[index]);
        if (bar === undefined) return undefined;
        return [`has mask 0x0 for BAR ${bar}, its ${bar === 0 ? "registers" : "MSI-X table"}`, "write 0xfffff000"];
      }),
  },
  {
    id: "ivshmem-state-table",
    severity: "error",
    about: "A state table with less than 4 bytes a peer.",
    consequence: "the hypervisor writes the peers' states over what else is there",
    find: (set) =>
      everyDevice(set, ({ device, sections: [state] }) => {
        const needed = 4n * BigInt(device.shmemPeers);
        if (!state || state.size >= needed) return undefined;
        const message = `has a state table of ${formatSize(state.size)} for ${device.shmemPeers} peers: ${regionText(state)}`;
        return [message, `give it ${formatSize(pageSize)}`];
      }),
  },
  {
    id: "ivshmem-not-contiguous",
    severity: "error",
    about: "Sections of an ivshmem device that do not lie behind each other in the cell.",
    consequence: "drivers count the sections from the first one's address: they use the wrong memory",
    find: (set) =>
      everyDevice(set, ({ sections }) => {
        const filled = sections.filter(({ size }) => size > 0n);
        const index = filled.findIndex((section, n) => n > 0 && section.address !== endOfPrevious(filled, n));
        const [section, previous] = [filled[index], filled[index - 1]];
        if (!section || !previous) return undefined;
        const end = endOfPrevious(filled, index);
        return [
          `has ${regionText(section)} not behind ${regionText(previous)}`,
          `move it to ${hex(end)}: state table, common section, one output section a peer`,
        ];
      }),
  },
  {
    id: "ivshmem-output-sizes",
    severity: "error",
    about: "Output sections of different sizes.",
    consequence: "drivers take all to be as large as the first: they use the wrong memory",
    find: (set) =>
      everyDevice(set, ({ sections }) => {
        const [first, ...others] = sections.slice(firstOutput);
        const other = others.find(({ size }) => size !== first?.size);
        if (!first || !other) return undefined;
        return [
          `has output sections of different sizes: ${regionText(first)} and ${regionText(other)}`,
          "make them equal",
        ];
      }),
  },
  {
    id: "ivshmem-section-flags",
    severity: "warning",
    about: "Sections that a peer should write and cannot, or can write and should not.",
    consequence: "a write to a section that is not writable parks the CPU; one that is can be forged by the wrong peer",
    find: (set) =>
      everyDevice(set, ({ device, sections }) => {
        const writable = (index: number) => index === 1 || index === device.shmemId + firstOutput;
        const index = sections.findIndex(({ flags, size }, n) => size > 0n && flags.includes("write") !== writable(n));
        const section = sections[index];
        if (!section) return undefined;
        const message = `has id ${device.shmemId}, and its ${sectionName(index)} is ${writable(index) ? "not writable" : "writable"}: ${regionText(section)}`;
        return [message, `${writable(index) ? "add" : "remove"} the flag write`];
      }),
  },
];

function endOfPrevious(sections: Endpoint["sections"], index: number): bigint {
  const previous = sections[index - 1];
  return previous ? addressesOf(previous).start + previous.size : 0n;
}

/** A problem for each ivshmem device of which `find` says what is wrong and what to do. */
function everyDevice(
  { all }: ConfigurationSet,
  find: (endpoint: Endpoint) => readonly [string, string] | undefined,
): Problem[] {
  return all.flatMap((cell) =>
    endpointsOf(cell).flatMap((endpoint): Problem[] => {
      const found = find(endpoint);
      if (!found) return [];
      return [
        {
          cells: [cell],
          message: `${cell.title}: ivshmem device ${endpoint.device.bdf} ${found[0]}`,
          remedy: found[1],
        },
      ];
    }),
  );
}
