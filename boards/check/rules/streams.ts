/** Stream ids: whose DMA an SMMU lets through to a cell's memory. */
import { hex } from "../../define/sizes.ts";
import type { IommuType } from "../../format/words.ts";
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

const takesStreams: readonly string[] = ["smmuv2", "smmuv3", "mmu500", "pvu"];

/** Of a stream id: in all formats, and as far as an SMMUv2 compares it. */
const allBits = 0xffffffff;
const idBits = 0x7fff;

interface Stream {
  readonly id: number;
  /** Bits that are compared. */
  readonly mask: number;
}

/** Mainline's MMU-500 has the bits to ignore in the upper half, the fork's SMMUv2 pairs of an id and the bits to compare. */
function streamsOf({ system }: ConfigurationSet, { config }: CheckedCell): Stream[] {
  const ids = config.streamIds;
  const has = (wanted: IommuType) => system.iommus.some(({ type }) => type === wanted);
  if (has("mmu500")) return ids.map((id) => ({ id: id & idBits, mask: ~(id >>> 16) & idBits }));
  if (!has("smmuv2")) return ids.map((id) => ({ id, mask: allBits }));
  return ids.flatMap((id, index) => (index % 2 === 0 ? [{ id, mask: ids[index + 1] ?? idBits }] : []));
}

function streamText({ id, mask }: Stream): string {
  return mask === allBits || mask === idBits ? hex(BigInt(id)) : `${hex(BigInt(id))} (bits ${hex(BigInt(mask))})`;
}
