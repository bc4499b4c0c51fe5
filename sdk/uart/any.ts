/** All drivers, for a program that is to speak in whatever cell: the comm region says which. An image with one driver is much smaller. */
import { ascii } from "../ascii";
import * as comm from "../comm-region";
import * as hscif from "../uart/hscif";
import * as imx from "../uart/imx";
import * as imxLpuart from "../uart/imx-lpuart";
import * as mvebu from "../uart/mvebu";
import * as ns8250 from "../uart/ns8250";
import * as pl011 from "../uart/pl011";
import * as s32Linflex from "../uart/s32-linflex";
import * as scif from "../uart/scif";
import * as scifa from "../uart/scifa";
import * as xuartps from "../uart/xuartps";

export const TYPE: u32 = comm.valid ? comm.consoleType() : 0;
/** No `con-type` names it. */
export const NAME: usize = ascii("any");

export function start(registers: u32, divider: u32): void {
  if (TYPE == ns8250.TYPE) ns8250.start(registers, divider);
  else if (TYPE == pl011.TYPE) pl011.start(registers, divider);
  else if (TYPE == xuartps.TYPE) xuartps.start(registers, divider);
  else if (TYPE == mvebu.TYPE) mvebu.start(registers, divider);
  else if (TYPE == hscif.TYPE) hscif.start(registers, divider);
  else if (TYPE == scifa.TYPE) scifa.start(registers, divider);
  else if (TYPE == imx.TYPE) imx.start(registers, divider);
  else if (TYPE == imxLpuart.TYPE) imxLpuart.start(registers, divider);
  else if (TYPE == scif.TYPE) scif.start(registers, divider);
  else if (TYPE == s32Linflex.TYPE) s32Linflex.start(registers, divider);
}

export function isBusy(registers: u32): bool {
  if (TYPE == ns8250.TYPE) return ns8250.isBusy(registers);
  if (TYPE == pl011.TYPE) return pl011.isBusy(registers);
  if (TYPE == xuartps.TYPE) return xuartps.isBusy(registers);
  if (TYPE == mvebu.TYPE) return mvebu.isBusy(registers);
  if (TYPE == hscif.TYPE) return hscif.isBusy(registers);
  if (TYPE == scifa.TYPE) return scifa.isBusy(registers);
  if (TYPE == imx.TYPE) return imx.isBusy(registers);
  if (TYPE == imxLpuart.TYPE) return imxLpuart.isBusy(registers);
  if (TYPE == scif.TYPE) return scif.isBusy(registers);
  return s32Linflex.isBusy(registers);
}

export function transmit(registers: u32, byte: u32): void {
  if (TYPE == ns8250.TYPE) ns8250.transmit(registers, byte);
  else if (TYPE == pl011.TYPE) pl011.transmit(registers, byte);
  else if (TYPE == xuartps.TYPE) xuartps.transmit(registers, byte);
  else if (TYPE == mvebu.TYPE) mvebu.transmit(registers, byte);
  else if (TYPE == hscif.TYPE) hscif.transmit(registers, byte);
  else if (TYPE == scifa.TYPE) scifa.transmit(registers, byte);
  else if (TYPE == imx.TYPE) imx.transmit(registers, byte);
  else if (TYPE == imxLpuart.TYPE) imxLpuart.transmit(registers, byte);
  else if (TYPE == scif.TYPE) scif.transmit(registers, byte);
  else if (TYPE == s32Linflex.TYPE) s32Linflex.transmit(registers, byte);
}
