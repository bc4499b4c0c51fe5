/**
 * A function of the machine that a cell was given (jailhouse-abi 4.4): BARs are the hypervisor's copies, of the header the cell writes what cannot touch
 * others, of the capabilities those that its configuration marks. Where messages go is looked at when they are turned on.
 */
import type { PciCap, PciDevice } from "../../../boards/model.ts";
import { parseBdf } from "../../../boards/pci-address.ts";
import type { Width } from "../device.ts";
import { Refusal } from "../refusal.ts";
import type { Message, Messages, PciFunction, Window } from "./function.ts";
import type { Hardware } from "./hardware.ts";
import * as header from "./header.ts";
import { MSIX_ENABLE, MSIX_MASK_ALL, MsixTable } from "./msix.ts";

/** Within the MSI capability (PCI Local Bus 3.0, 6.8.1), by dwords; the upper half of the first is the control. */
const MSI_CONTROL = 0;
const MSI_ADDRESS = 1;
const MSI_ENABLE = 1 << 16;
const MSI_MULTIPLE_SHIFT = 20;
/** Behind address and data, where the hypervisor has its copies. */
const MSI_END_32 = 10;
const MSI_END_64 = 14;

export class AssignedFunction implements PciFunction {
  readonly bdf: number;
  readonly windows: readonly Window[];
  readonly #entry: PciDevice;
  readonly #caps: readonly PciCap[];
  readonly #hardware: Hardware;
  readonly #messages: Messages;
  readonly #bars: Uint32Array;
  /** Copies of the MSI capability. */
  readonly #msi = new Uint32Array(4);
  readonly #table: MsixTable;
  #level = false;

  /** @param caps all of the cell's */
  constructor(entry: PciDevice, caps: readonly PciCap[], hardware: Hardware, messages: Messages) {
    this.bdf = parseBdf(entry.bdf) ?? 0;
    this.#entry = entry;
    this.#caps = caps.slice(entry.capsStart, entry.capsStart + entry.capsCount);
    this.#hardware = hardware;
    this.#messages = messages;
    this.#bars = Uint32Array.from({ length: header.BARS }, (_, i) => hardware.read(header.BAR_0 + 4 * i));
    this.#table = new MsixTable(entry.msixVectors, (vector) => this.#checkMsix(vector));
    const { msixVectors, msixAddress, msixRegionSize } = entry;
    this.windows = msixVectors > 0 ? [{ address: Number(msixAddress), size: msixRegionSize, device: this.#table }] : [];
    hardware.model.onInterrupt = (level) => this.#interrupt(level);
  }

  /** At a start of the cell: nothing but that the pin is off, no messages. The device itself stays as it is. */
  reset(): void {
    this.#msi.fill(0);
    this.#table.reset();
    this.#hardware.write(header.COMMAND, 2, header.COMMAND_NO_PIN);
    for (const { id, start } of this.#caps) if (id === "msi" || id === "msix") this.#hardware.write(start + 2, 2, 0);
  }

  read(offset: number): number {
    const bar = (offset - header.BAR_0) >> 2;
    if (bar >= 0 && bar < header.BARS) return this.#bars[bar] as number;
    if (offset === header.ROM) return 0;
    const cap = this.#capAt(offset);
    if (cap?.id !== "msi" || offset < cap.start + 4 || offset >= cap.start + this.#msiEnd)
      return this.#hardware.read(offset);
    return this.#msi[(offset - cap.start) >> 2] as number;
  }

  write(offset: number, width: Width, value: number): void {
    const row = offset & ~3;
    const bar = (row - header.BAR_0) >> 2;
    if (bar >= 0 && bar < header.BARS) this.#writeBar(bar, offset, width, value);
    else if (offset >= header.HEADER_SIZE) this.#writeCapability(offset, width, value);
    else if (row !== header.ROM) {
      const isLine = offset === header.INTERRUPT && width === 1;
      if (row !== header.COMMAND && row !== header.CACHE_LINE && !isLine) throw new Refusal();
      this.#hardware.write(offset, width, value);
    }
  }

  #writeBar(bar: number, offset: number, width: Width, value: number): void {
    const mask = this.#entry.barMasks[bar] ?? 0;
    const before = this.#bars[bar] as number;
    this.#bars[bar] = (header.merge(before, offset, width, value) & mask) | (before & ~mask);
  }

  #writeCapability(offset: number, width: Width, value: number): void {
    const cap = this.#capAt(offset);
    if (!cap?.flags.includes("write")) throw new Refusal();
    const within = offset - cap.start;
    if (cap.id === "msi" && within < this.#msiEnd) {
      const word = within >> 2;
      this.#msi[word] = header.merge(this.#msi[word] as number, offset, width, value);
      for (const message of this.#msiMessages()) this.#check(message);
      if (word !== MSI_CONTROL) return;
    }
    this.#hardware.write(offset, width, value);
    if (cap.id === "msix" && within < 4)
      for (let vector = 0; vector < this.#entry.msixVectors; vector++) this.#checkMsix(vector);
  }

  #capAt(offset: number): PciCap | undefined {
    return this.#caps.find(({ start, length }) => offset >= start && offset < start + length);
  }

  get #is64(): boolean {
    return this.#entry.msiFlags.includes("64bit");
  }
  get #msiEnd(): number {
    return this.#is64 ? MSI_END_64 : MSI_END_32;
  }

  /** One for each vector that is enabled. */
  #msiMessages(): Message[] {
    const control = this.#msi[MSI_CONTROL] as number;
    const count = (control & MSI_ENABLE) === 0 ? 0 : 1 << ((control >> MSI_MULTIPLE_SHIFT) & 7);
    const high = this.#is64 ? (this.#msi[MSI_ADDRESS + 1] as number) : 0;
    const address = (BigInt(high) << 32n) | BigInt(this.#msi[MSI_ADDRESS] as number);
    const data = (this.#msi[this.#is64 ? 3 : 2] as number) & 0xffff;
    return Array.from({ length: count }, (_, n) => ({ address, data: (data & -count) | (count > 1 ? n : data) }));
  }

  /** The device's condition becomes true: a message, if the device may write one. */
  #interrupt(level: boolean): void {
    const rises = level && !this.#level;
    this.#level = level;
    if (!rises || (this.#hardware.read(header.COMMAND) & header.COMMAND_MASTER) === 0) return;
    const [message] = this.#entry.msixVectors > 0 && this.#isOn(0) ? [this.#table.message(0)] : this.#msiMessages();
    if (message) this.#messages.send(message);
  }

  #checkMsix(vector: number): void {
    if (this.#isOn(vector)) this.#check(this.#table.message(vector));
  }

  #isOn(vector: number): boolean {
    const cap = this.#caps.find(({ id }) => id === "msix");
    const control = cap ? this.#hardware.read(cap.start) & (MSIX_ENABLE | MSIX_MASK_ALL) : 0;
    return control >>> 0 === MSIX_ENABLE && !this.#table.isMasked(vector);
  }

  #check(message: Message): void {
    if (!this.#messages.isAllowed(message)) throw new Refusal();
  }
}
