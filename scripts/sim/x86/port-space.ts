/**
 * I/O ports as a cell sees them (jailhouse-abi 1.8): its own and the PM timer's; PCI's configuration is moderated, port 0x80 is ignored, the keyboard
 * controller's commands are looked at. All else stops the CPU.
 */
import type { Device, Width } from "../device.ts";
import { Refusal } from "../refusal.ts";

export interface PortRange {
  readonly base: number;
  readonly length: number;
}
/** A device at some ports of the machine. */
export interface PortDevice extends PortRange {
  readonly device: Device;
}

const DELAY = 0x80;
const KEYBOARD_COMMAND = 0x64;
const PCI_FIRST = 0xcf8;
const PCI_LAST = 0xcff;
const TIMER_PORTS = 4;
/** Keyboard controller: these commands can reset the machine. */
const WRITE_OUTPUT_PORT = 0xd1;
const PULSE_OUTPUT_PORT = 0xf0;
const NOBODY = 0xff;
const PORTS = 0x10000;

export class PortSpace {
  /** 1 by port: the cell has it. */
  readonly #granted = new Uint8Array(PORTS + 4);
  /** By port. */
  readonly #devices: (PortDevice | undefined)[] = [];
  readonly #pci: Device;

  /**
   * @param pmTimer its first port, which every cell has
   * @param pci behind ports 0xcf8 to 0xcff
   */
  constructor(granted: readonly PortRange[], pmTimer: number, devices: readonly PortDevice[], pci: Device) {
    for (const { base, length } of [...granted, { base: pmTimer, length: TIMER_PORTS }])
      this.#granted.fill(1, base, Math.min(base + length, PORTS));
    for (const device of devices) for (let i = 0; i < device.length; i++) this.#devices[device.base + i] = device;
    this.#pci = pci;
  }

  /** @throws Refusal */
  read(port: number, width: Width): number {
    if (port >= PCI_FIRST && port <= PCI_LAST) return this.#pci.read(port - PCI_FIRST, width);
    if (port === DELAY && width === 1) return 0xff;
    this.#check(port, width);
    let value = 0;
    const whole = this.#find(port, width);
    if (whole) return whole.device.read(port - whole.base, width);
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.#byte(port + i);
    return value;
  }

  /** @throws Refusal */
  write(port: number, width: Width, value: number): void {
    if (port === DELAY && width === 1) return;
    const isPci = port >= PCI_FIRST && port <= PCI_LAST;
    if (!isPci) this.#check(port, width);
    if (port === KEYBOARD_COMMAND && resets(value)) throw new Refusal();
    const whole = isPci ? { base: PCI_FIRST, device: this.#pci } : this.#find(port, width);
    if (whole) whole.device.write(port - whole.base, width, value);
    else for (let i = 0; i < width; i++) this.#writeByte(port + i, (value >>> (8 * i)) & 0xff);
  }

  /** Each port of the access is granted; the keyboard controller takes bytes. */
  #check(port: number, width: Width): void {
    for (let i = 0; i < width; i++) if (this.#granted[port + i] !== 1) throw new Refusal();
    if (port <= KEYBOARD_COMMAND && port + width > KEYBOARD_COMMAND && width !== 1) throw new Refusal();
  }

  #byte(port: number): number {
    const found = this.#find(port, 1);
    return found ? found.device.read(port - found.base, 1) : NOBODY;
  }

  #writeByte(port: number, byte: number): void {
    const found = this.#find(port, 1);
    found?.device.write(port - found.base, 1, byte);
  }

  #find(port: number, width: Width): PortDevice | undefined {
    const device = this.#devices[port];
    return device && device === this.#devices[port + width - 1] ? device : undefined;
  }
}

function resets(command: number): boolean {
  return command === WRITE_OUTPUT_PORT || (command & PULSE_OUTPUT_PORT) === PULSE_OUTPUT_PORT;
}
