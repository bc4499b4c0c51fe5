/** What only x86 has: IOAPICs, I/O ports, shares of the L3 cache (Intel CAT). */
import { formatNumbers } from "../../define/checks.ts";
import { hex } from "../../define/sizes.ts";
import type { CacheRegion, Irqchip, PortRange } from "../../model.ts";
import type { Problem, Rule } from "../finding.ts";
import { overlap, type Range, rangeText } from "../ranges.ts";
import { endpointsOf } from "../sections.ts";
import { type CheckedCell, type ConfigurationSet, pairs } from "../set.ts";

const allPorts = 0x10000;
/** Bits of a capacity mask (Intel SDM, volume 3, "Cache Allocation Technology"). */
const cacheBits = 32;

export const x86Rules: readonly Rule[] = [
  {
    id: "ioapic-pin-base",
    severity: "error",
    about: "Pins of an IOAPIC that do not count from 0.",
    consequence: "cell create fails with EINVAL; in a system, jailhouse enable does",
    find: (set) =>
      ioapics(set, set.all, (cell, { address, pinBase }) => {
        if (pinBase === 0) return undefined;
        return [`${cell.title} has pins of the IOAPIC at ${hex(address)} from ${pinBase} on`, "write 0"];
      }),
  },
  {
    id: "ioapic-not-in-root",
    severity: "warning",
    about: "An IOAPIC, or pins of it, that the root cell does not have.",
    consequence:
      "cell create does not refuse it, but nobody gets the pins when the cell is destroyed; an IOAPIC that is not there fails with EIO",
    find: (set) =>
      ioapics(set, set.cells, (cell, { address, pins }) => {
        const root = set.root.config.irqchips.filter((chip) => chip.address === address).flatMap((chip) => chip.pins);
        const missing = pins.filter((pin) => !root.includes(pin));
        if (missing.length === 0) return undefined;
        const message = `${cell.title} has ${pinsText(missing)} of the IOAPIC at ${hex(address)}, ${set.root.title} does not`;
        return [message, `correct the address or the pins, or add them to ${set.root.title}`];
      }),
  },
  {
    id: "ioapic-id-differs",
    severity: "error",
    about: "An IOAPIC with another id than in the root cell, on a system with VT-d.",
    consequence: "VT-d expects its interrupts from another requester and stops them: they do not arrive",
    find: (set) =>
      ioapics(set, set.system.iommus.some(({ type }) => type === "intel") ? set.cells : [], (cell, { address, id }) => {
        const original = set.root.config.irqchips.find((chip) => chip.address === address);
        if (!original || original.id === id) return undefined;
        const ids = [id, original.id].map((value) => hex(BigInt(value)));
        const message = `${cell.title} has the IOAPIC at ${hex(address)} with id ${ids[0]}, ${set.root.title} with ${ids[1]}`;
        return [message, `write ${ids[1]}`];
      }),
  },
  {
    id: "ioapic-pin-in-two-cells",
    severity: "error",
    about: "A pin of an IOAPIC in two cells.",
    consequence: "cell create does not refuse it: both cells program the pin, the last one gets the interrupt",
    find: ({ cells, system }) =>
      pairs(system.arch === "x86" ? cells : []).flatMap(([a, b]) =>
        a.config.irqchips.flatMap(({ address, pins }): Problem[] => {
          const others = b.config.irqchips.filter((chip) => chip.address === address).flatMap((chip) => chip.pins);
          const common = pins.filter((pin) => others.includes(pin));
          if (common.length === 0) return [];
          const message = `${a.title} and ${b.title} both have ${pinsText(common)} of the IOAPIC at ${hex(address)}`;
          return [{ cells: [a, b], message, remedy: "leave it to one of them" }];
        }),
      ),
  },
  {
    id: "ivshmem-without-msix",
    severity: "warning",
    about: "An ivshmem device without MSI-X vectors on x86.",
    consequence: "it raises no interrupts: x86 has no INTx of virtual devices",
    find: ({ all, system }) =>
      (system.arch === "x86" ? all : []).flatMap((cell) =>
        endpointsOf(cell)
          .filter(({ device }) => device.msixVectors === 0)
          .map(({ device }) => ({
            cells: [cell],
            message: `${cell.title}: ivshmem device ${device.bdf} has no MSI-X vectors`,
            remedy: "give it at least one",
          })),
      ),
  },
  {
    id: "ports-out-of-range",
    severity: "error",
    about: "I/O ports beyond 0xffff.",
    consequence: "the hypervisor writes behind its bitmap of ports: it may crash at once or later",
    find: ({ all }) =>
      all.flatMap((cell) =>
        cell.config.ports
          .filter(({ base, length }) => base + length > allPorts)
          .map((ports) => ({
            cells: [cell],
            message: `${cell.title} has ports ${rangeText(portRange(ports))}`,
            remedy: "end with port 0xffff",
          })),
      ),
  },
  {
    id: "ports-in-two-cells",
    severity: "warning",
    about: "I/O ports in two cells.",
    consequence:
      "cell create does not refuse it: both cells use the device, and Linux gets it back with the first that goes",
    find: ({ cells }) =>
      pairs(cells).flatMap(([a, b]): Problem[] => {
        const common = a.config.ports.flatMap((mine) =>
          b.config.ports.flatMap((other) => overlap(portRange(mine), portRange(other)) ?? []),
        );
        if (common.length === 0) return [];
        const message = `${a.title} and ${b.title} both have ports ${common.map(rangeText).join(", ")}`;
        return [
          { cells: [a, b], message, remedy: "leave them to one of them, unless it is a UART that both print to" },
        ];
      }),
  },
  {
    id: "cache-region",
    severity: "error",
    about: "Cache regions other than one of type l3 and some size.",
    consequence: "on CPUs with Intel CAT, cell create fails with EINVAL; in a system, jailhouse enable does",
    find: ({ all }) =>
      all.flatMap((cell): Problem[] => {
        const { caches } = cell.config;
        const [cache] = caches;
        if (!cache) return [];
        const wrong = caches.length > 1 ? `has ${caches.length} cache regions` : wrongCache(cache);
        if (!wrong) return [];
        return [
          { cells: [cell], message: `${cell.title} ${wrong}`, remedy: "give it one, of type l3 and at least 1 way" },
        ];
      }),
  },
  {
    id: "cache-leaves-root-none",
    severity: "error",
    about: "A cell that takes all of the cache that the root cell has.",
    consequence: "on CPUs with Intel CAT, cell create fails with EINVAL: root keeps a part",
    find: ({ cells, root }) =>
      cells.flatMap((cell): Problem[] => {
        const [cache] = cell.config.caches;
        const [own] = root.config.caches;
        if (!cache || !own || cache.flags.includes("rootshared")) return [];
        if (overlap(waysOf(cache), waysOf(own))?.size !== BigInt(own.size)) return [];
        const message = `${cell.title} takes ${waysText(cache)} of the L3 cache, ${root.title} has ${waysText(own)}`;
        return [{ cells: [cell, root], message, remedy: 'take fewer, or mark the region "rootshared"' }];
      }),
  },
  {
    id: "cache-in-two-cells",
    severity: "warning",
    about: "Ways of the cache in two cells.",
    consequence: "on CPUs with Intel CAT, the cells evict each other's data: the times of one depend on the other",
    find: ({ cells }) =>
      pairs(cells).flatMap(([a, b]): Problem[] => {
        const [mine] = a.config.caches;
        const [other] = b.config.caches;
        const common = mine && other && overlap(waysOf(mine), waysOf(other));
        if (!common) return [];
        const message = `${a.title} and ${b.title} share L3 cache: ${waysText(mine)} and ${waysText(other)}`;
        return [{ cells: [a, b], message, remedy: "give each its own" }];
      }),
  },
];

/** A problem for each IOAPIC of which `find` says what is wrong and what to do. */
function ioapics(
  { system }: ConfigurationSet,
  cells: readonly CheckedCell[],
  find: (cell: CheckedCell, ioapic: Irqchip) => readonly [string, string] | undefined,
): Problem[] {
  if (system.arch !== "x86") return [];
  return cells.flatMap((cell) =>
    cell.config.irqchips.flatMap((ioapic): Problem[] => {
      const found = find(cell, ioapic);
      return found ? [{ cells: [cell], message: found[0], remedy: found[1] }] : [];
    }),
  );
}

function pinsText(pins: readonly number[]): string {
  return `${pins.length === 1 ? "pin" : "pins"} ${formatNumbers(pins)}`;
}

function portRange({ base, length }: PortRange): Range {
  return { start: BigInt(base), size: BigInt(length) };
}

function waysOf({ start, size }: CacheRegion): Range {
  return { start: BigInt(start), size: BigInt(size) };
}

/** "ways 0-1" */
function waysText({ start, size }: CacheRegion): string {
  return size === 1 ? `way ${start}` : `ways ${start}-${start + size - 1}`;
}

function wrongCache({ start, size, type }: CacheRegion): string | undefined {
  if (type !== "l3") return `has a cache region of type ${type}`;
  if (size === 0) return "has a cache region of no ways";
  return start + size > cacheBits
    ? `has a cache region of ${waysText({ start, size, type, flags: [] })}; ${cacheBits} is the most there is`
    : undefined;
}
