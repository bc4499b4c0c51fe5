/**
 * Devices of boards that the emulated machine lacks. The board's UART is played as far as it takes to print: it is always ready, and never
 * receives. All others read as zero, and ignore writes.
 */
import { Access } from "../access.ts";
import * as consoles from "../consoles.ts";
import { uartBase, uartModel } from "./board.ts";
import { ArmCell } from "./cells.ts";

/** Numbers of scripts/run/cellbox-placement.ts. */
const XUARTPS: u64 = 1;
const S32_LINFLEX: u64 = 2;

const UART_SIZE: u64 = 0x1000;

/** Cadence UART (UG1087, "UART"): channel status, transmitter and receiver empty; FIFO. */
const XUARTPS_SR: u64 = 0x2c;
const XUARTPS_SR_IDLE: u64 = 0xa;
const XUARTPS_FIFO: u64 = 0x30;

/** LINFlexD (S32V234 Reference Manual): by the FIFO, which is never full. */
const LINFLEX_UARTCR: u64 = 0x10;
const LINFLEX_UARTCR_TFBM: u64 = 1 << 8;
const LINFLEX_BDRL: u64 = 0x38;

/** An access at this physical address of the board. */
export function emulate(cell: ArmCell, access: Access, address: u64): void {
  const offset = address - uartBase();
  const model = offset < UART_SIZE ? uartModel() : 0;
  if (!access.write) {
    access.value = 0;
    if (model == XUARTPS && offset == XUARTPS_SR) access.value = XUARTPS_SR_IDLE;
    if (model == S32_LINFLEX && offset == LINFLEX_UARTCR) access.value = LINFLEX_UARTCR_TFBM;
  } else if ((model == XUARTPS && offset == XUARTPS_FIFO) || (model == S32_LINFLEX && offset == LINFLEX_BDRL)) {
    consoles.send(cell, <u32>access.value);
  }
}
