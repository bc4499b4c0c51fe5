/** Arm PrimeCell UART PL011 (Arm DDI 0183, 3.3): what is transmitted is out at once. */
import type { Device, Width } from "../device.ts";
import type { UartHost } from "./uart.ts";

const REGISTER = { dr: 0x00, fr: 0x18, ibrd: 0x24, fbrd: 0x28, lcrH: 0x2c, cr: 0x30 } as const;
const FR = { busy: 1 << 3, rxEmpty: 1 << 4, txFull: 1 << 5, txEmpty: 1 << 7 } as const;
/** Transmitter on, UART on: as firmware and hypervisor leave it. */
const CR_ON = 0x301;
const TRANSMITS = 0x101;

export class Pl011 implements Device {
  readonly #host: UartHost;
  readonly #registers = new Map<number, number>([[REGISTER.cr, CR_ON]]);

  constructor(host: UartHost) {
    this.#host = host;
  }

  read(offset: number, _width: Width): number {
    if (offset === REGISTER.fr) return FR.rxEmpty | (this.#host.isReady() ? FR.txEmpty : FR.txFull | FR.busy);
    return this.#registers.get(offset) ?? 0;
  }

  write(offset: number, _width: Width, value: number): void {
    if (offset !== REGISTER.dr) this.#registers.set(offset, value);
    else if (((this.#registers.get(REGISTER.cr) ?? 0) & TRANSMITS) === TRANSMITS) this.#host.transmit(value & 0xff);
  }
}
