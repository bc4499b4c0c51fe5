/** Where the boards have what the experiments need: cells, and the memory that these share with root. */
import { type Board, type CellConfig, findBoard, type MemoryRegion, type SystemConfig } from "../../boards/index.ts";

/** A cell's memory for root, as a board's configurations have it. */
export interface SharedMemory {
  readonly board: Board;
  /** The name of the root cell whose Linux sees it there. */
  readonly rootCell: string;
  /** The names of the cells that use it; one of them must run. */
  readonly cells: readonly string[];
  /** Where Linux sees it. */
  readonly address: bigint;
  readonly size: bigint;
}

interface Place {
  readonly board: string;
  readonly system: string;
  /** Files of cells. */
  readonly cells: readonly string[];
  /** Where the cell has the memory: it is linked for that. */
  readonly at: bigint;
}

/** The S32V234's four Cortex-A53 run at 1 GHz (its data sheet); what they really do is for the user to say. */
export const PROFILER_HZ = 1e9;

const PROFILER: Place = {
  board: "s32v234sbc",
  system: "s32v234sbc-rootprof",
  cells: ["s32v234sbc-prof"],
  at: 0x50000000n,
};

/** By number; the coloured bomb of a number has the same page. */
const BOMBS: readonly Place[] = [0, 1, 2].map((n) => ({
  board: "zynqmp-zcu102",
  system: "zynqmp-zcu102",
  cells: [`zynqmp-zcu102-bomb${n}`, `zynqmp-zcu102-bomb${n}-col`],
  at: 0x500000n,
}));

export const bombNumbers: readonly number[] = BOMBS.map((_, n) => n);

export const profilerMemory = () => sharedMemory(PROFILER);
export const bombMemory = (n: number) => sharedMemory(BOMBS[n]!);

function sharedMemory({ board: name, system: file, cells: files, at }: Place): SharedMemory {
  const board = findBoard(name);
  const system = board.rt?.systems[file];
  const cells = files.map((cell) => board.rt?.cells[cell]).filter((cell) => cell !== undefined);
  const regions = cells.map((cell) => regionAt(cell, at));
  const [region] = regions;
  if (!system || !region || regions.some((other) => other?.physical !== region.physical))
    throw new Error(`${name} lacks ${file}, or ${files.join(", ")} do not share one region at ${at}`);
  return {
    board,
    rootCell: system.rootCell.name,
    cells: cells.map((cell) => cell.name),
    address: rootAddress(system, region),
    size: region.size,
  };
}

function regionAt({ memory }: CellConfig, at: bigint): MemoryRegion | undefined {
  return memory.find(({ address, flags }) => address === at && flags.includes("rootshared"));
}

/** Root may see memory elsewhere than where it is: then Linux' physical addresses are not the hypervisor's. */
function rootAddress({ rootCell }: SystemConfig, { physical, size }: MemoryRegion): bigint {
  const root = rootCell.memory.find(
    (region) => region.physical <= physical && physical + size <= region.physical + region.size,
  );
  if (!root) throw new Error(`the root cell ${rootCell.name} does not have the memory at ${physical}`);
  return root.address + (physical - root.physical);
}
