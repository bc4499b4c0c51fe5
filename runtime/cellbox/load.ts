/** Takes over what the host has handed: the cells' configurations and images. */
import { Cell, cells, cpus } from "./cell.ts";
import { CellFile } from "./cell-file.ts";
import { BUFFER } from "./consoles.ts";
import * as fwCfg from "./fw-cfg.ts";
import { machine } from "./machine.ts";
import { functionOf } from "./pci/configuration.ts";
import { allocate } from "./pool.ts";
import * as run from "./run.ts";

export function makeCpus(): void {
  for (let i: u32 = 0; i < run.cpus(); i++) cpus.push(machine.makeCpu(i));
}

/** false: a file is missing, or an image lies outside its cell. */
export function loadCells(own: (index: u32) => void): bool {
  let image: u32 = 0;
  for (let i: u32 = 0; i < run.cells(); i++) {
    const prefix = `opt/jh-inmate/cell${i}`;
    const file = fwCfg.find(prefix);
    if (file < 0) return false;
    const address = allocate(fwCfg.size(file));
    if (address == 0 || !fwCfg.load(file, address)) return false;
    const cell = machine.makeCell(i, new CellFile(address));
    cell.buffer = allocate(BUFFER);
    if (cell.buffer == 0) return false;
    cells.push(cell);
    ownCpus(cell);
    for (let n: u32 = 0; n < cell.file.pciDevices; n++) cell.functions.push(functionOf(cell, n));
    own(i);
    for (let n: u32 = 0; n < run.images(i); n++) {
      if (!loadImage(cell, `${prefix}/image${n}`, run.imageAddress(image++))) return false;
    }
  }
  return true;
}

function loadImage(cell: Cell, name: string, address: u64): bool {
  const file = fwCfg.find(name);
  const region = cell.file.regionAt(address);
  if (file < 0 || region < 0) return false;
  const physical = cell.file.physicalIn(region, address);
  if (!fwCfg.load(file, physical)) return false;
  machine.loaded(physical, fwCfg.size(file));
  return true;
}

function ownCpus(cell: Cell): void {
  cell.firstCpu = cpus.length;
  for (let i: u32 = cpus.length; i > 0; i--) {
    if (!cell.file.hasCpu(i - 1)) continue;
    cpus[i - 1].cell = cell;
    cell.firstCpu = i - 1;
  }
}
