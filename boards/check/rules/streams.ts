/** Stream ids: whose DMA an SMMU lets through to a cell's memory. */
import { hex } from "../../define/sizes.ts";
import type { Problem, Rule } from "../finding.ts";
import { type CheckedCell, type ConfigurationSet, pairs } from "../set.ts";

export const streamRules: readonly Rule[] = [
  {
    id: "stream-in-two-cells",
    severity: "error",
    about: "A stream id in two cells.",
    consequence:
      "the device's DMA goes to the memory of the cell that is created last, or cell create fails with EINVAL",
    find: (set) =>
      pairs(set.cells).flatMap(([a, b]) =>
        streamsOf(set, a).flatMap((mine): Problem[] => {
          const other = streamsOf(set, b).find((stream) => ((mine.id ^ stream.id) & mine.mask & stream.mask) === 0);
          if (!other) return [];
          const message = `${a.title} and ${b.title} both have a device's stream: ${streamText(mine)} and ${streamText(other)}`;
          return [{ cells: [a, b], message, remedy: "leave it to one of them" }];
        }),
      ),
  },
  {
    id: "streams-without-smmu",
    severity: "warning",
    about: "Stream ids where the system has no SMMU.",
    consequence: "the ids have no effect: devices reach all memory, or none",
    find: ({ all, root, system }) =>
      all
        .filter(
          ({ config }) =>
            config.streamIds.length > 0 && system.iommus.every(({ type }) => !takesStreams.includes(type)),
        )
        .map((cell) => ({
          cells: cell === root ? [root] : [cell, root],
          message: `${cell.title} has stream ids, but ${root.title} no SMMU`,
          remedy: `add the SMMU to ${root.title}, or drop the ids`,
        })),
  },
];

const takesStreams: readonly string[] = ["smmuv3", "mmu500", "pvu"];

interface Stream {
  readonly id: number;
  /** Bits that are compared. */
  readonly mask: number;
}

/** An MMU-500's: mainline has the bits to ignore in the upper half, the fork pairs of an id and the bits to compare. */
function streamsOf({ system }: ConfigurationSet, { config, format }: CheckedCell): Stream[] {
  const ids = config.streamIds;
  const masked = system.iommus.some(({ type }) => type === "mmu500");
  if (!masked) return ids.map((id) => ({ id, mask: 0xffffffff }));
  if (format === "mainline") return ids.map((id) => ({ id: id & 0x7fff, mask: ~(id >>> 16) & 0x7fff }));
  return ids.flatMap((id, index) => (index % 2 === 0 ? [{ id, mask: ids[index + 1] ?? 0x7fff }] : []));
}

function streamText({ id, mask }: Stream): string {
  return mask === 0xffffffff || mask === 0x7fff ? hex(BigInt(id)) : `${hex(BigInt(id))} (bits ${hex(BigInt(mask))})`;
}
