/** Which UART driver of `sdk/uart/` an image gets: the one for its cell's console. */
import type { Console } from "../../boards/index.ts";

/** What `jh-inmate/chosen/uart` stands for, by the console's type. The others have no output but the hypervisor's. */
const DRIVERS: Readonly<Partial<Record<Console["type"], string>>> = {
  "8250": "ns8250",
  PL011: "pl011",
  XUARTPS: "xuartps",
  MVEBU: "mvebu",
  HSCIF: "hscif",
  SCIFA: "scifa",
  IMX: "imx",
  "IMX-LPUART": "imx-lpuart",
  SCIF: "scif",
  "S32-LINFLEX": "s32-linflex",
};

export function uartDriver({ type }: Pick<Console, "type">): string {
  return DRIVERS[type] ?? "none";
}
