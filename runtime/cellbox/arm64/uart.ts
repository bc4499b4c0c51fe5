/**
 * The board's only UART, a PL011 (Arm DDI 0183, 3.3). A cell that is alone has it as it is. Several share it: then it is the monitor's, and each
 * cell finds a copy that never receives.
 */
import { Access } from "../access.ts";
import * as consoles from "../consoles.ts";
import * as jh from "../jh.ts";
import { ArmCell } from "./cells.ts";
import { PL011 } from "./virt/machine.ts";

export const SIZE: u64 = 0x1000;

const DR: u64 = 0x00;
const FR: u64 = 0x18;
/** Both FIFOs empty. */
const FR_IDLE: u64 = 0x90;
/** From ILPR to IMSC: baud rate, line control, control, FIFO levels, interrupt mask. They keep what is written, and do nothing. */
const KEPT: u64 = 0x20;
const KEPT_END: u64 = 0x3c;
const IDENTIFICATION: u64 = 0xfe0;

/** This physical address is the shared UART's. */
export function covers(physical: u64): bool {
  return consoles.areSeveral() && physical - PL011 < SIZE;
}

/** An access at this physical address. */
export function emulate(cell: ArmCell, access: Access, physical: u64): void {
  const offset = (physical - PL011) & ~3;
  if (offset >= KEPT && offset < KEPT_END) {
    const index = <u32>((offset - KEPT) >> 2);
    if (access.write) cell.uart[index] = <u32>access.value;
    else access.value = cell.uart[index];
  } else if (access.write) {
    if (offset == DR) consoles.send(cell, <u32>access.value);
  } else if (offset >= IDENTIFICATION) {
    access.value = jh.device_read(physical, 4);
  } else {
    access.value = offset == FR ? FR_IDLE : 0;
  }
}
