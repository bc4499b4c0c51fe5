/** Which of a board's stock cells a template's cell extends, and what it changes. Runs at build time. */

import type { CellSpec, IvshmemLink, IvshmemSpec } from "../../../boards/config.ts";
import { type Board, type CellConfig, cellRam } from "../../../boards/index.ts";
import type { CellChoice, PeerChoice } from "./board-row.ts";
import type { TemplateName } from "./templates.ts";

type Rule = (board: Board) => CellChoice | undefined;

/** Peers of a link: root, the project's cell, and the other one. */
const PEERS = 3;
const MOST_CPUS = 3;
const MIB = 1n << 20n;

export const cellFor: Readonly<Record<TemplateName, Rule>> = {
  timer: (board) => stock(board, "apic-demo"),
  uart: (board) => stock(board),
  pci: (board) => ("pci-demo" in board.cells ? { extend: "pci-demo" } : undefined),
  ivshmem: (board) => {
    const choice = stock(board, "ivshmem-demo");
    const peer = choice && peerOf(board, choice);
    return peer && { ...choice, peer };
  },
  smp: (board) => {
    if ("smp-demo" in board.cells) return { extend: "smp-demo" };
    const cpus = freeCpus(board).slice(0, MOST_CPUS);
    const choice = stock(board);
    return choice && cpus.length > 1 ? { ...choice, cpus } : undefined;
  },
  empty: (board) => stock(board),
};

/** The first of `wanted` that the board has, else its cell for inmates. */
function stock(board: Board, ...wanted: readonly string[]): CellChoice | undefined {
  const extend = wanted.find((name) => name in board.cells) ?? board.inmateCell;
  return extend === undefined ? undefined : { extend, ...moreRam(board, extend) };
}

/** Arm's stock cells have 64 KiB, too little for the engine wasm3; for a peer there must be as much again. */
function moreRam({ cells, inmateMemory }: Board, cell: string): Pick<CellChoice, "ram"> {
  const isSmall = cellRam(cells[cell] as CellConfig).size < MIB;
  return isSmall && (inmateMemory?.size ?? 0n) >= 2n * MIB ? { ram: "1M" } : {};
}

/** Root keeps CPU 0. */
function freeCpus({ system }: Board): number[] {
  return system.rootCell.cpus.filter((cpu) => cpu !== 0);
}

function peerOf(board: Board, { extend: cell, ram }: CellChoice): PeerChoice | undefined {
  const { cpus, vpciIrqBase, arch } = board.cells[cell] as CellConfig;
  const { link } = linksOf(board, cell)[0] ?? {};
  const cpu = freeCpus(board).find((free) => !cpus.includes(free));
  if (!link || link.peers !== PEERS || cpu === undefined || !board.inmateMemory) return undefined;
  const { physical } = board.inmateMemory;
  return {
    cpus: [cpu],
    ram: Number(ram === undefined ? physical : physical + MIB),
    link: plain(link),
    ...(arch === "x86" ? {} : { pin: vpciIrqBase + 32 + 1 }),
  };
}

/** As they were written: the last layer that says something about them. */
function linksOf({ specs }: Board, cell: string): readonly IvshmemSpec[] {
  const layers: readonly CellSpec[] = (specs.mainline ?? specs.rt)?.cells[cell] ?? [];
  return layers.findLast(({ ivshmem }) => ivshmem)?.ivshmem ?? [];
}

function plain(link: IvshmemLink): Record<string, string | number> {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof plain
  >;
}
