/** A cell's configuration from the layers of its specification. */
import { UserError } from "../../scripts/errors.ts";
import type { BoardFacts } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import { type Arch, architectures, type CellFlag, cellFlags } from "../format/words.ts";
import type { CellConfig, Console, MemoryRegion } from "../model.ts";
import { checkKeys, checkList, checkWord, formatNumbers } from "./checks.ts";
import { coloredOf } from "./colors.ts";
import { consoleOf, irqchipOf, irqchipsFor, noConsole } from "./devices.ts";
import { checkOverlaps, placeRam, ramAt, regionOf, withComm, withRam } from "./memory.ts";
import { pciBus } from "./pci.ts";
import { bytesOf } from "./sizes.ts";
import type { CellLists, CellSpec } from "./specs.ts";

/** What a cell is unless it says otherwise. */
export interface Defaults {
  readonly flags: readonly CellFlag[];
  readonly console: "inmate" | "none";
  /** The root cell has no comm region, and no other that it would share its memory with. */
  readonly root: boolean;
  readonly format: FormatName;
  /** What the user's cell is held against; reference files contain what these checks would refuse. */
  readonly checks?: {
    /** The CPUs that there are to choose from. */
    readonly rootCpus: readonly number[];
    /** The cell that is extended. */
    readonly stock?: CellConfig;
  };
}

export const guest: Omit<Defaults, "format"> = { flags: ["passive-commreg"], console: "inmate", root: false };

/** Every file known has a bitmap of 64 CPUs. */
const cpuSetSize = 8;
/** Letters of a name: 32 bytes with a NUL behind them. */
const maxName = 31;
/** The virtual PCI bus' interrupt is an SPI number in the file, which count from interrupt ID 32. */
const firstSpi = 32;

const listKeys = Object.keys({
  memory: 0,
  colored: 0,
  interrupts: 0,
  irqchips: 0,
  pci: 0,
  pciCaps: 0,
  ivshmem: 0,
  ports: 0,
  caches: 0,
  streamIds: 0,
  trailingPci: 0,
} satisfies Record<keyof CellLists, 0>);

const otherKeys = Object.keys({
  arch: 0,
  name: 0,
  cpus: 0,
  flags: 0,
  ram: 0,
  add: 0,
  console: 0,
  pciInterrupt: 0,
  resetAddress: 0,
  replyTimeout: 0,
} satisfies Record<Exclude<keyof CellSpec, keyof CellLists>, 0>);

export const cellKeys: readonly string[] = [...otherKeys, ...listKeys];

/**
 * @param layers specifications, each over those before it
 * @param where what errors call the cell
 */
export function resolveCell(
  board: BoardFacts,
  layers: readonly CellSpec[],
  defaults: Defaults,
  where: string,
): CellConfig {
  for (const { add } of layers) if (add !== undefined) checkKeys(add, listKeys, `${where}: add`);
  const last = <Key extends keyof CellSpec>(key: Key) =>
    layers.findLast((layer) => layer[key] !== undefined)?.[key] as CellSpec[Key];
  const list = <Key extends keyof CellLists>(key: Key) => listOf(layers, key, where);

  const name = last("name") ?? "";
  if (!/^[ -~]+$/.test(name) || name.length > maxName) {
    throw new UserError(`${where}: the name "${name}" does not fit; write 1 to ${maxName} ASCII characters`);
  }
  const resetAddress = bytesOf(last("resetAddress") ?? 0, `${where}: resetAddress`);
  const pci = pciBus(list, { format: defaults.format, rootshared: !defaults.root }, where);
  const arch = last("arch") ?? board.arch;
  checkWord(arch, Object.keys(architectures), `${where}: arch`);
  const memory = memoryOf(board, pci.regions, layers, resetAddress, defaults.root, where);
  const colored = list("colored").map((spec, index) => coloredOf(board, spec, `${where}: colored[${index}]`));
  const { checks } = defaults;
  if (checks)
    checkOverlaps([...memory, ...colored], [...(checks.stock?.memory ?? []), ...(checks.stock?.colored ?? [])], where);
  return {
    kind: "cell",
    arch,
    name,
    id: 0,
    flags: flagsOf(layers, defaults.flags, where),
    cpus: cpusOf(arch, layers, checks?.rootCpus, where),
    cpuSetSize,
    resetAddress,
    replyTimeout: bytesOf(last("replyTimeout") ?? 0, `${where}: replyTimeout`),
    vpciIrqBase: vpciIrqBase(last("pciInterrupt"), where),
    console: consoleFrom(board, last("console") ?? defaults.console, where),
    memory,
    colored,
    caches: list("caches"),
    irqchips: [
      ...irqchipsFor(board, list("interrupts"), `${where}: interrupts`),
      ...list("irqchips").map((spec, index) => irqchipOf(board, spec, `${where}: irqchips[${index}]`)),
    ],
    ports: list("ports"),
    pciDevices: pci.devices,
    pciCaps: pci.caps,
    streamIds: list("streamIds"),
    uncountedPciDevices: pci.trailing,
  };
}

/** A list through the layers: given, it replaces what was below; added, it follows it. */
function listOf<Key extends keyof CellLists>(
  layers: readonly CellSpec[],
  key: Key,
  where: string,
): NonNullable<CellLists[Key]> {
  let list: readonly unknown[] = [];
  for (const layer of layers) {
    const { [key]: given, add } = layer;
    if (given !== undefined) checkList(given, key, `${where}: ${key}`);
    if (add?.[key] !== undefined) checkList(add[key], key, `${where}: add.${key}`);
    list = [...(given ?? list), ...(add?.[key] ?? [])];
  }
  return list as NonNullable<CellLists[Key]>;
}

function flagsOf(layers: readonly CellSpec[], defaults: readonly CellFlag[], where: string): CellFlag[] {
  const words = Object.keys(cellFlags) as CellFlag[];
  let flags = new Set(defaults);
  for (const { flags: given } of layers) {
    if (given === undefined) continue;
    const changes = Array.isArray(given)
      ? (given as readonly CellFlag[]).map((flag) => [flag, true] as const)
      : undefined;
    if (changes) flags = new Set();
    for (const [flag, on] of changes ?? Object.entries(given)) {
      checkWord(flag, words, `${where}: flags`);
      if (on) flags.add(flag as CellFlag);
      else flags.delete(flag as CellFlag);
    }
  }
  return words.filter((word) => flags.has(word));
}

function cpusOf(arch: Arch, layers: readonly CellSpec[], root: readonly number[] | undefined, where: string): number[] {
  const layer = layers.findLast(({ cpus }) => cpus !== undefined);
  const cpus = layer?.cpus;
  const own = layer === layers.at(-1);
  const choice = root ? `; the board's root cell has CPUs ${formatNumbers(root)}` : "";
  if (cpus === undefined) throw new UserError(`${where}: the cell has no CPUs; add cpus: [1]${choice}`);
  checkList(cpus, "CPU numbers", `${where}: cpus`);
  if (cpus.length === 0) throw new UserError(`${where}: cpus is empty; name at least one CPU${choice}`);
  for (const cpu of cpus) {
    if (!Number.isInteger(cpu) || cpu < 0 || cpu >= 8 * cpuSetSize) {
      throw new UserError(`${where}: ${cpu} is no CPU; write numbers from 0 to ${8 * cpuSetSize - 1}`);
    }
    if (root && own && arch === "x86" && cpu === 0) {
      throw new UserError(`${where}: the cell wants CPU 0, which the root cell always keeps on x86; change cpus`);
    }
    if (root && own && !root.includes(cpu)) {
      throw new UserError(
        `${where}: the cell wants CPU ${cpu}, but the board's root cell has only CPUs ${formatNumbers(root)}; change cpus`,
      );
    }
  }
  return [...new Set(cpus)].sort((a, b) => a - b);
}

function vpciIrqBase(interrupt: number | undefined, where: string): number {
  if (interrupt === undefined) return 0;
  if (Number.isInteger(interrupt) && interrupt >= firstSpi) return interrupt - firstSpi;
  throw new UserError(`${where}: pciInterrupt ${interrupt} is no SPI; write an interrupt ID from ${firstSpi}`);
}

function consoleFrom(board: BoardFacts, spec: NonNullable<CellSpec["console"]>, where: string): Console {
  if (typeof spec !== "string") return consoleOf(spec, `${where}: console`);
  checkWord(spec, ["inmate", "debug", "none"], `${where}: console`);
  return spec === "none" ? noConsole : board.consoles[spec];
}

/** Shared memory, the regions, the RAM unless it is among them, the comm region. */
function memoryOf(
  board: BoardFacts,
  shared: readonly MemoryRegion[],
  layers: readonly CellSpec[],
  resetAddress: bigint,
  root: boolean,
  where: string,
): MemoryRegion[] {
  const specs = listOf(layers, "memory", where);
  const listed = specs.map((spec, index) => regionOf(spec, `${where}: memory[${index}]`));
  const old = ramAt(listed, resetAddress);
  const ram = layers.reduce<MemoryRegion | undefined>((current, layer) => {
    if (layer.ram === undefined) return current;
    // RAM begins where its own layer starts the CPU: another start further up does not move it.
    const start = bytesOf(layer.resetAddress ?? 0, `${where}: resetAddress`);
    return placeRam(board, layer.ram, current, start, where);
  }, old);
  const regions = [...shared, ...(ram && ram !== old ? withRam(listed, old, ram) : listed)];
  return root ? regions : withComm(board, regions, where);
}
