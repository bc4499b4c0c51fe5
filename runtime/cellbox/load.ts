/** Takes over what the host has handed: the cells' configurations and images. */
import { replaceIn } from "./arm64/wait-event.ts";
import { Cell, Cpu, cells, cpus } from "./cell.ts";
import { CellFile } from "./cell-file.ts";
import { BUFFER } from "./consoles.ts";
import { allocate } from "./pool.ts";
import * as fwCfg from "./qemu/fw-cfg.ts";
import * as run from "./run.ts";

/** Aff0 has 16 CPUs a cluster on this machine with a GICv3; with a GICv2 there are no more than 8. */
export function makeCpus(): void {
  for (let i: u32 = 0; i < run.cpus(); i++) cpus.push(new Cpu(i, ((i >> 4) << 8) | (i & 15)));
}

/** false: a file is missing, or an image lies outside its cell. */
export function loadCells(): bool {
  let image: u32 = 0;
  for (let i: u32 = 0; i < run.cells(); i++) {
    const prefix = `opt/jh-inmate/cell${i}`;
    const file = fwCfg.find(prefix);
    if (file < 0) return false;
    const address = allocate(fwCfg.size(file));
    if (address == 0 || !fwCfg.load(file, address)) return false;
    const cell = new Cell(i, new CellFile(address));
    cell.buffer = allocate(BUFFER);
    if (cell.buffer == 0) return false;
    cells.push(cell);
    own(cell);
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
  const physical = cell.file.regionPhysical(region) + (address - cell.file.regionAddress(region));
  if (!fwCfg.load(file, physical)) return false;
  replaceIn(physical, fwCfg.size(file));
  return true;
}

/** CPUs and SPIs. An SPI that several cells have is the first one's; SPIs of irqchips at other addresses than the distributor's are not ours (jailhouse-abi 1.7). */
function own(cell: Cell): void {
  const file = cell.file;
  cell.firstCpu = cpus.length;
  for (let i: u32 = cpus.length; i > 0; i--) {
    if (!file.hasCpu(i - 1)) continue;
    cpus[i - 1].cell = cell;
    cell.firstCpu = i - 1;
  }
  for (let i: u32 = 0; i < file.irqchips; i++) {
    const first = file.irqchipFirst(i) >> 5;
    if (file.irqchipAddress(i) != run.gicdBase()) continue;
    for (let word: u32 = 0; word < 4 && first + word < 32; word++) {
      if (first + word > 0) cell.spis[first + word] |= file.irqchipPins(i, word) & ~taken(first + word);
    }
  }
}

/** Bits of SPIs that a cell has. */
function taken(word: u32): u32 {
  let bits: u32 = 0;
  for (let i = 0; i < cells.length; i++) bits |= cells[i].spis[word];
  return bits;
}
