/** `defineBoard`: a board and its configurations from what its folder says. */
import { UserError } from "../../scripts/errors.ts";
import type { Board, BoardFacts, Configurations, Gic } from "../board.ts";
import type { FormatName } from "../format/formats.ts";
import type { CellConfig, SystemConfig } from "../model.ts";
import { checkKeys } from "./checks.ts";
import { consoleOf } from "./devices.ts";
import { type Layers, mainLayers, rtLayers } from "./layers.ts";
import { guest, resolveCell } from "./resolve.ts";
import { bytesOf } from "./sizes.ts";
import type { BoardSpec, CellSpec, GicSpec } from "./specs.ts";
import { resolveSystem } from "./system.ts";

const boardKeys = Object.keys({
  name: 0,
  arch: 0,
  title: 0,
  notes: 0,
  consoles: 0,
  gic: 0,
  ioapics: 0,
  colors: 0,
  timer: 0,
  inmateMemory: 0,
  kernelArguments: 0,
  devices: 0,
  qemu: 0,
  mainline: 0,
  system: 0,
  cells: 0,
  rt: 0,
  inmateCell: 0,
} satisfies Record<keyof BoardSpec<string>, 0>);

/**
 * A board with its configurations in the formats that have it.
 * @throws UserError that names the board, and the cell, for whatever does not fit.
 */
export function defineBoard<Cell extends string, RtCell extends string = never>(
  spec: BoardSpec<Cell, RtCell>,
): Board<Cell, Cell | RtCell> {
  checkKeys(spec, boardKeys, "defineBoard");
  const { title, notes = [], timer, kernelArguments, devices, qemu, inmateCell } = spec;
  const facts = factsOf(spec);
  const main = mainLayers(spec);
  const rt = spec.rt || spec.mainline === false ? rtLayers(spec.name, main, spec.rt ?? {}) : undefined;
  const layers: Partial<Record<FormatName, Layers>> = {
    ...(spec.mainline !== false && { mainline: main }),
    ...(rt && { rt }),
  };
  const configurations: Partial<Record<FormatName, Configurations>> = {
    ...(layers.mainline && { mainline: resolve(facts, layers.mainline, "mainline") }),
    ...(layers.rt && { rt: resolve(facts, layers.rt, "rt") }),
  };
  const { system, cells } = (configurations.mainline ?? configurations.rt) as Configurations;
  if (inmateCell !== undefined && !Object.hasOwn(cells, inmateCell)) {
    const names = Object.keys(cells).join(", ");
    throw new UserError(`board ${spec.name}: inmateCell "${inmateCell}" is none of its cells: ${names}`);
  }
  const board: Board = {
    ...facts,
    title,
    notes,
    timer,
    kernelArguments,
    devices,
    ...(qemu && { qemu }),
    ...configurations,
    system,
    cells,
    ...(inmateCell !== undefined && { inmateCell }),
    specs: layers,
  };
  return board as Board<Cell, Cell | RtCell>;
}

function factsOf({ name, arch, consoles, gic, ioapics, colors, inmateMemory }: BoardSpec<string>): BoardFacts {
  const where = `board ${name}`;
  return {
    name,
    arch,
    consoles: {
      debug: consoleOf(consoles.debug, `${where}: consoles.debug`),
      inmate: consoleOf(consoles.inmate, `${where}: consoles.inmate`),
    },
    ...(gic && { gic: gicOf(gic, where) }),
    ...(ioapics && {
      ioapics: ioapics.map(({ address, id }) => ({ address: bytesOf(address, `${where}: ioapics`), id })),
    }),
    ...(colors !== undefined && { colors }),
    ...(inmateMemory && {
      inmateMemory: {
        physical: bytesOf(inmateMemory.physical, `${where}: inmateMemory.physical`),
        size: bytesOf(inmateMemory.size, `${where}: inmateMemory.size`),
      },
    }),
  };
}

/** All files of one format. */
function resolve(board: BoardFacts, layers: Layers, format: FormatName): Configurations {
  const fork = format === "rt" ? ", real-time fork" : "";
  const systems: Record<string, SystemConfig> = {};
  for (const [file, specs] of Object.entries(layers.systems)) {
    const name = file === board.name ? "system" : `system ${file}`;
    systems[file] = resolveSystem(board, specs, format, `board ${board.name}${fork}, ${name}`);
  }
  const cells: Record<string, CellConfig> = {};
  for (const [file, specs] of Object.entries<readonly CellSpec[] | undefined>(layers.cells)) {
    const where = `board ${board.name}${fork}, cell ${file}`;
    if (specs) cells[file] = resolveCell(board, specs, { ...guest, format }, where);
  }
  return { system: systems[board.name] as SystemConfig, systems, cells };
}

function gicOf(gic: GicSpec, where: string): Gic {
  const { version, maintenanceInterrupt = 25 } = gic;
  const base = (key: "distributor" | "redistributors" | "cpuInterface" | "hypervisorInterface" | "virtualInterface") =>
    bytesOf(gic[key] ?? 0, `${where}: gic.${key}`);
  return {
    version,
    distributor: base("distributor"),
    redistributors: base("redistributors"),
    cpuInterface: base("cpuInterface"),
    hypervisorInterface: base("hypervisorInterface"),
    virtualInterface: base("virtualInterface"),
    maintenanceInterrupt,
  };
}
