/** A cell's memory: regions, RAM, the comm region, and that nothing lies over something else. */
import { UserError } from "../../scripts/errors.ts";
import type { BoardFacts } from "../board.ts";
import { memoryFlags } from "../format/words.ts";
import type { MemoryRegion } from "../model.ts";
import { checkKeys, checkList, flagList } from "./checks.ts";
import { bytesOf, formatSize, hex } from "./sizes.ts";
import type { MemorySpec, RamSpec } from "./specs.ts";

const page = 4096n;

/** Where the stock inmate library looks for the comm region; all reference cells have it there. */
const commAddress = { x86: 0x100000n, arm: 0x80000000n, arm64: 0x80000000n } as const;

export function regionOf(spec: MemorySpec, where: string): MemoryRegion {
  checkKeys(spec, ["address", "physical", "size", "flags"], where);
  checkList(spec.flags, "memory flags", `${where}.flags`);
  const address = bytesOf(spec.address, `${where}.address`);
  const physical = spec.flags.includes("comm") ? 0n : address;
  return {
    physical: spec.physical === undefined ? physical : bytesOf(spec.physical, `${where}.physical`),
    address,
    size: bytesOf(spec.size, `${where}.size`),
    flags: flagList(spec.flags, memoryFlags, `${where}.flags`),
  };
}

/** Adds the comm region at the architecture's place unless there is one. */
export function withComm(board: BoardFacts, memory: readonly MemoryRegion[], where: string): MemoryRegion[] {
  const comms = memory.filter(({ flags }) => flags.includes("comm"));
  const [comm] = comms;
  if (!comm) {
    return [
      ...memory,
      { physical: 0n, address: commAddress[board.arch], size: page, flags: ["read", "write", "comm"] },
    ];
  }
  if (comms.length > 1) {
    throw new UserError(`${where}: two comm regions, ${comms.map(span).join(" and ")}; a cell has one, leave one out`);
  }
  if (comm.size !== page) {
    throw new UserError(`${where}: the comm region has ${formatSize(comm.size)}; it is one page, write size: "4K"`);
  }
  return [...memory];
}

/** RAM as a region: where `current` is if it fits there, else in the board's memory for inmates. */
export function placeRam(
  board: BoardFacts,
  ram: RamSpec,
  current: MemoryRegion | undefined,
  start: bigint,
  where: string,
): MemoryRegion {
  const spec = typeof ram === "object" ? ram : { size: ram };
  checkKeys(spec, ["size", "physical", "address"], `${where}: ram`);
  const size = bytesOf(spec.size, `${where}: ram`);
  if (size === 0n || size % page !== 0n) {
    throw new UserError(`${where}: ram: ${formatSize(size)} is not a number of 4 KiB pages; write a multiple of "4K"`);
  }
  const physical = spec.physical === undefined ? undefined : bytesOf(spec.physical, `${where}: ram.physical`);
  const address = spec.address === undefined ? undefined : bytesOf(spec.address, `${where}: ram.address`);
  for (const [name, value] of Object.entries({ physical, address })) {
    if (value === undefined || value % page === 0n) continue;
    throw new UserError(`${where}: ram.${name}: ${hex(value)} is not the beginning of a 4 KiB page; move it to one`);
  }
  return {
    physical: physical ?? (current && size <= current.size ? current.physical : pool(board, size, where)),
    address: address ?? current?.address ?? start,
    size,
    flags: current?.flags ?? ["read", "write", "execute", "loadable"],
  };
}

function pool(board: BoardFacts, size: bigint, where: string): bigint {
  const free = board.inmateMemory;
  if (!free) {
    throw new UserError(
      `${where}: ram: the board keeps no memory for inmates; say where ${formatSize(size)} are with ram: { size, physical }`,
    );
  }
  if (size <= free.size) return free.physical;
  throw new UserError(
    `${where}: ram: ${formatSize(size)} is more than the ${formatSize(free.size)} at ${hex(free.physical)} that the ` +
      "board keeps for inmates; ask for less, or say where it is with ram: { size, physical }",
  );
}

/** Puts `ram` in the place of the RAM region that contains its address, else behind the others. */
export function withRam(
  memory: readonly MemoryRegion[],
  old: MemoryRegion | undefined,
  ram: MemoryRegion,
): MemoryRegion[] {
  return old ? memory.map((region) => (region === old ? ram : region)) : [...memory, ram];
}

/** The writable, loadable region that contains `address`. */
export function ramAt<Region extends MemoryRegion>(memory: readonly Region[], address: bigint): Region | undefined {
  return memory.find(
    (region) =>
      region.flags.includes("write") &&
      region.flags.includes("loadable") &&
      address >= region.address &&
      address < region.address + region.size,
  );
}

/**
 * @param memory regions of the cell, coloured ones too
 * @param stock the extended cell's regions: what they do among themselves is not the user's mistake
 * @throws UserError if two regions have a cell address in common.
 */
export function checkOverlaps(memory: readonly MemoryRegion[], stock: readonly MemoryRegion[], where: string): void {
  const own = new Set(memory.filter((region) => !stock.some((other) => sameSpan(region, other))));
  const sorted = memory
    .filter(({ size }) => size > 0n)
    .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  for (const [index, region] of sorted.entries()) {
    if (region.address + region.size > 1n << 64n) {
      throw new UserError(`${where}: ${span(region)} ends beyond the 64-bit address space; make it smaller`);
    }
    for (const next of sorted.slice(index + 1)) {
      if (region.address + region.size <= next.address) break;
      if (!own.has(region) && !own.has(next)) continue;
      throw new UserError(`${where}: ${span(region)} and ${span(next)} overlap in the cell; ${remedy(region, next)}`);
    }
  }
}

/** RAM from 0 on meets the comm region, which has its place: on x86 after 1 MiB. */
function remedy(region: MemoryRegion, next: MemoryRegion): string {
  const room = next.address - region.address;
  if (!next.flags.includes("comm") || room === 0n || room % page !== 0n) return "move or shrink one of them";
  return `leave ${formatSize(room)} there, and put more behind the comm region with add: { memory: [{ … }] }`;
}

function sameSpan(a: MemoryRegion, b: MemoryRegion): boolean {
  return a.address === b.address && a.size === b.size && a.physical === b.physical;
}

/** "RAM 0x0-0xffff" */
function span(region: MemoryRegion): string {
  const { address, size, flags } = region;
  const kind = flags.includes("comm") ? "comm region" : flags.includes("loadable") ? "RAM" : "memory";
  return `${"colors" in region ? "coloured " : ""}${kind} ${hex(address)}-${hex(address + size - 1n)}`;
}
