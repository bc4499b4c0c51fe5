/** A system and its cells, as the rules look at them: all of them exist at once. */
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, SystemConfig } from "../model.ts";
import { colorCountOf } from "./physical.ts";
import { type Region, regionsOf } from "./regions.ts";

export interface SystemFile {
  readonly file: string;
  readonly config: SystemConfig;
  readonly format: FormatName;
}

export interface CellFile {
  readonly file: string;
  readonly config: CellConfig;
  readonly format: FormatName;
}

export interface CheckedCell extends CellFile {
  /** "cell inmate-demo", "root cell qemu-arm64" */
  readonly title: string;
  readonly regions: readonly Region[];
}

export interface ConfigurationSet {
  readonly system: SystemConfig;
  readonly root: CheckedCell;
  /** Without the root cell. */
  readonly cells: readonly CheckedCell[];
  /** The root cell first. */
  readonly all: readonly CheckedCell[];
  /** Colours of the cache that coloured regions divide. */
  readonly colorCount: number;
}

/** @param colors colours of the machine's cache; by default as many as the files' masks need */
export function configurationSet(system: SystemFile, cells: readonly CellFile[], colors?: number): ConfigurationSet {
  const { rootCell } = system.config;
  const configs = [rootCell, ...cells.map(({ config }) => config)];
  const colorCount = colors ?? colorCountOf(configs.flatMap(({ colored }) => colored));
  const checked = (cell: CellFile, isRoot: boolean): CheckedCell => {
    const title = isRoot ? `root cell ${cell.config.name}` : cellTitle(cell, configs);
    return { ...cell, title, regions: regionsOf(cell.config, colorCount) };
  };
  const root = checked({ ...system, config: rootCell }, true);
  const guests = cells.map((cell) => checked(cell, false));
  return { system: system.config, root, cells: guests, all: [root, ...guests], colorCount };
}

/** By name; with its file where the name does not tell. */
function cellTitle({ config: { name }, file }: CellFile, all: readonly CellConfig[]): string {
  if (name === "") return `cell (${file})`;
  return all.filter((config) => config.name === name).length > 1 ? `cell ${name} (${file})` : `cell ${name}`;
}

/** Every two of them. */
export function pairs<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((a, index) => all.slice(index + 1).map((b): [T, T] => [a, b]));
}
