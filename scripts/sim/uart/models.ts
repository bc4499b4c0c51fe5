/** The model of each UART that a console may name. */
import type { Console } from "../../../boards/index.ts";
import type { Device } from "../device.ts";
import { Ns8250 } from "./ns8250.ts";
import { Pl011 } from "./pl011.ts";
import { simpleUart } from "./simple.ts";
import type { UartHost } from "./uart.ts";

const MODELS: Readonly<Partial<Record<Console["type"], (console: Console, host: UartHost) => Device>>> = {
  PL011: (_, host) => new Pl011(host),
  "8250": ({ flags }, host) =>
    new Ns8250(host, { distance: flags.includes("regdist4") ? 4 : 1, hasMode: flags.includes("mdr-quirk") }),
};

/** Undefined: it is no UART. */
export function uartModel(console: Console, host: UartHost): Device | undefined {
  return MODELS[console.type]?.(console, host) ?? simpleUart(console, host);
}
