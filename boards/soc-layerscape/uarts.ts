/** The serial ports of the Layerscape SoCs: two 8250 with registers a byte apart in one page, DUART1. */
import type { ConsoleSpec, Device } from "../define/specs.ts";

export const uart1 = { address: 0x21c0500n, size: 0x100n } satisfies Device;
export const uart2 = { address: 0x21c0600n, size: 0x100n } satisfies Device;

/** With a divider of the platform clock (16 * 115200 * divider), the UART is set up; without, it is left as it is. */
export function serial(uart: Device, divider = 0): ConsoleSpec {
  return { type: "8250", flags: ["mmio"], address: uart.address, divider };
}

/** The hypervisor maps its UART itself and must know how big it is. */
export function debugSerial(uart: Device): ConsoleSpec {
  return { ...serial(uart), size: uart.size };
}
