/** The UARTs that a cell does nothing with but wait for room and send: which register says so, and which sends (jailhouse-abi 4.8). */
import type { Console } from "../../../boards/index.ts";
import type { Device, Width } from "../device.ts";
import type { UartHost } from "./uart.ts";

interface Model {
  /** Bytes written there are sent. */
  readonly data: number;
  readonly status: number;
  /** What the status register has while there is room, and while there is none. */
  readonly ready: number;
  readonly busy: number;
  /** What other registers have at the start, as firmware leaves them. */
  readonly initial?: Readonly<Record<number, number>>;
}

/** i.MX: UCR1, the UART is on. */
const IMX_ON = { 128: 1 };
/** SCIF's: TDFE, there is room, and TEND, the last byte is out. */
const SCIF_READY = 0x60;
/** Bit 11 of MVEBU's status: the FIFO is full. LINFlex, by its FIFO: bit 1. */
const MODELS: Readonly<Partial<Record<Console["type"], Model>>> = {
  XUARTPS: { data: 0x30, status: 0x2c, ready: 1 << 3, busy: 0 },
  MVEBU: { data: 0x4, status: 0xc, ready: 0, busy: 1 << 11 },
  HSCIF: { data: 0xc, status: 0x10, ready: SCIF_READY, busy: 0 },
  SCIFA: { data: 0x20, status: 0x14, ready: SCIF_READY, busy: 0 },
  SCIF: { data: 0xc, status: 0x10, ready: SCIF_READY, busy: 0 },
  IMX: { data: 0x40, status: 0xb4, ready: 1 << 6, busy: 0, initial: IMX_ON },
  "IMX-LPUART": { data: 0x1c, status: 0x14, ready: 1 << 23, busy: 0 },
  "S32-LINFLEX": { data: 0x38, status: 0x14, ready: 0, busy: 1 << 1, initial: { 16: 1 << 8 } },
};

class SimpleUart implements Device {
  readonly #model: Model;
  readonly #host: UartHost;
  /** Whatever has no meaning here keeps what is written. */
  readonly #registers: Map<number, number>;

  constructor(model: Model, host: UartHost) {
    this.#model = model;
    this.#host = host;
    this.#registers = new Map(Object.entries(model.initial ?? {}).map(([offset, value]) => [Number(offset), value]));
  }

  read(offset: number, _width: Width): number {
    const { status, ready, busy } = this.#model;
    if (offset === status) return this.#host.isReady() ? ready : busy;
    return this.#registers.get(offset) ?? 0;
  }

  write(offset: number, _width: Width, value: number): void {
    const { data, status } = this.#model;
    if (offset === data) this.#host.transmit(value & 0xff);
    else if (offset !== status) this.#registers.set(offset, value);
  }
}

/** Undefined: it is another kind. */
export function simpleUart({ type }: Console, host: UartHost): Device | undefined {
  const model = MODELS[type];
  return model && new SimpleUart(model, host);
}
