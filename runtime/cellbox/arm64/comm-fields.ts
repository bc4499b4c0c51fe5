/** The Arm part of the comm region (jailhouse-abi 2). */
import { Cell } from "../cell.ts";
import * as jh from "../jh.ts";
import * as board from "./board.ts";

const GIC_VERSION: u64 = 64;
const GICD_BASE: u64 = 72;
const GICC_BASE: u64 = 80;
const GICR_BASE: u64 = 88;
const VPCI_IRQ_BASE: u64 = 96;

export function fill(cell: Cell): void {
  const page = cell.comm;
  jh.store8(page + GIC_VERSION, board.gicVersion());
  jh.store64(page + GICD_BASE, board.gicdBase());
  jh.store64(page + GICC_BASE, board.giccBase());
  jh.store64(page + GICR_BASE, board.gicrBase());
  jh.store32(page + VPCI_IRQ_BASE, cell.file.vpciIrqBase);
}
