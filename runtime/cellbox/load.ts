/** Takes over what the host has handed: the cells' configurations and images. */
import { Cell, cells, cpus } from "./cell.ts";
import { CellFile } from "./cell-file.ts";
import { BUFFER } from "./consoles.ts";
import * as fwCfg from "./fw-cfg.ts";
import { machine } from "./machine.ts";
import { functionOf } from "./pci/configuration.ts";
import { allocate } from "./pool.ts";
import * as run from "./run.ts";

const PAGE: u64 = 0x1000;

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
    const configuration = new CellFile(address);
    if (!loadColored(configuration, `${prefix}/colored`)) return false;
    const cell = machine.makeCell(i, configuration);
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

/** The coloured regions: a file is there if the cell has some. */
function loadColored(configuration: CellFile, name: string): bool {
  const file = fwCfg.find(name);
  if (file < 0) return true;
  const address = allocate(fwCfg.size(file));
  if (address == 0 || !fwCfg.load(file, address)) return false;
  configuration.setColored(address, fwCfg.size(file));
  return true;
}

/** Page by page: in a coloured region the next one is elsewhere. */
function loadImage(cell: Cell, name: string, address: u64): bool {
  const file = fwCfg.find(name);
  const region = cell.file.regionAt(address);
  if (file < 0 || region < 0) return false;
  const end = address + fwCfg.size(file);
  fwCfg.select(file);
  for (let at = address; at < end; ) {
    const next = min(end, (at | (PAGE - 1)) + 1);
    if (!fwCfg.readOn(cell.file.physicalIn(region, at), <u32>(next - at))) return false;
    at = next;
  }
  machine.loaded(cell, region, address, end);
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
