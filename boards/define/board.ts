/** `defineBoard`: a board and its configurations from what its folder says. */
import { UserError } from "../../scripts/errors.ts";
import type { Board, BoardFacts, Gic } from "../board.ts";
import type { CellConfig } from "../model.ts";
import { layersOf } from "./cell.ts";
import { checkKeys } from "./checks.ts";
import { consoleOf } from "./devices.ts";
import { guest, resolveCell } from "./resolve.ts";
import { bytesOf } from "./sizes.ts";
import type { BoardSpec, CellSpec, GicSpec } from "./specs.ts";
import { resolveSystem } from "./system.ts";

const boardKeys = Object.keys({
  name: 0,
  arch: 0,
  title: 0,
  consoles: 0,
  gic: 0,
  timer: 0,
  inmateMemory: 0,
  kernelArguments: 0,
  devices: 0,
  qemu: 0,
  system: 0,
  cells: 0,
  inmateCell: 0,
} satisfies Record<keyof BoardSpec<string>, 0>);

/** @throws UserError that names the board, and the cell, for whatever does not fit. */
export function defineBoard<Cell extends string>(spec: BoardSpec<Cell>): Board<Cell> {
  checkKeys(spec, boardKeys, "defineBoard");
  const { name, arch, title, timer, kernelArguments, devices, qemu, inmateCell } = spec;
  const where = `board ${name}`;
  const facts: BoardFacts = {
    name,
    arch,
    consoles: {
      debug: consoleOf(spec.consoles.debug, `${where}: consoles.debug`),
      inmate: consoleOf(spec.consoles.inmate, `${where}: consoles.inmate`),
    },
    inmateMemory: {
      physical: bytesOf(spec.inmateMemory.physical, `${where}: inmateMemory.physical`),
      size: bytesOf(spec.inmateMemory.size, `${where}: inmateMemory.size`),
    },
    ...(spec.gic && { gic: gicOf(spec.gic, where) }),
  };
  const system = resolveSystem(facts, [spec.system]);
  const layers: Record<string, readonly CellSpec[]> = {};
  const cells: Record<string, CellConfig> = {};
  for (const [file, cell] of Object.entries<CellSpec>(spec.cells)) {
    // A stock cell bears its file's name unless it says another one, not that of the cell it extends.
    layers[file] = layersOf({ name: file, ...cell }, layers, `${where}, cell ${file}`);
    const defaults = { ...guest, rootCpus: system.rootCell.cpus };
    cells[file] = resolveCell(facts, layers[file], defaults, `${where}, cell ${file}`);
  }
  if (!Object.hasOwn(cells, inmateCell)) {
    throw new UserError(`${where}: inmateCell "${inmateCell}" is none of its cells: ${Object.keys(cells).join(", ")}`);
  }
  return {
    ...facts,
    title,
    timer,
    kernelArguments,
    devices,
    ...(qemu && { qemu }),
    system,
    cells: cells as Record<Cell, CellConfig>,
    inmateCell,
    specs: { system: spec.system, cells: layers as Record<Cell, readonly CellSpec[]> },
  };
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
