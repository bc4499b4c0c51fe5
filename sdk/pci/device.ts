/** A PCI function: its configuration space (PCI Local Bus Specification 3.0, chapter 6). */
import * as machine from "jh-inmate/machine/pci";
import { panic } from "../fault";
import { hex } from "../format";
import { Registers } from "../mmio";
import * as bars from "./bars";
import * as messages from "./messages";

const COMMAND: u32 = 0x04;
const STATUS: u32 = 0x06;
const REVISION: u32 = 0x08;
const LATENCY: u32 = 0x0c;
const FIRST_BAR: u32 = 0x10;
const END_OF_BARS: u32 = 0x28;
const CAPABILITIES: u32 = 0x34;
const INTERRUPT_LINE: u32 = 0x3c;
const INTERRUPT_PIN: u32 = 0x3d;
const END_OF_HEADER: u32 = 0x40;

const STATUS_HAS_CAPABILITIES: u32 = 1 << 4;
const COMMAND_NO_INTX: u32 = 1 << 10;
/** So many fit behind the header: a longer list leads in a circle. */
const MOST_CAPABILITIES: u32 = 48;

export class Device {
  /** Where its MSI-X table is mapped; 0: not yet. */
  msixTable: u32 = 0;

  /**
   * @param bdf bus << 8 | device << 3 | function
   * @param config of machine/pci.ts
   */
  constructor(
    readonly bdf: u32,
    readonly config: u32,
  ) {}

  get bus(): u32 {
    return this.bdf >>> 8;
  }
  /** Device number on the bus. */
  get slot(): u32 {
    return (this.bdf >>> 3) & 31;
  }
  get func(): u32 {
    return this.bdf & 7;
  }

  /** Reads of the configuration: `offset` in bytes, a multiple of the width. */
  read8(offset: u32): u32 {
    return machine.read8(this.config, offset);
  }
  read16(offset: u32): u32 {
    return machine.read16(this.config, aligned(offset, 2));
  }
  read32(offset: u32): u32 {
    return machine.read32(this.config, aligned(offset, 4));
  }
  /** Writes of the configuration, and panics where the hypervisor lets no cell write. */
  write8(offset: u32, value: u32): void {
    machine.write8(this.config, writable(offset, 1), value);
  }
  write16(offset: u32, value: u32): void {
    machine.write16(this.config, writable(offset, 2), value);
  }
  write32(offset: u32, value: u32): void {
    machine.write32(this.config, writable(offset, 4), value);
  }

  get vendorId(): u32 {
    return this.read16(0);
  }
  get deviceId(): u32 {
    return this.read16(2);
  }
  /** Base class, sub-class and programming interface, 8 bits each. */
  get classCode(): u32 {
    return this.read32(REVISION) >>> 8;
  }
  get revision(): u32 {
    return this.read8(REVISION);
  }

  /** Sets bits of the command register: `nic.enable(pci.MEMORY | pci.MASTER)`. */
  enable(bits: u32): void {
    this.write16(COMMAND, this.read16(COMMAND) | bits);
  }
  disable(bits: u32): void {
    this.write16(COMMAND, this.read16(COMMAND) & ~bits);
  }

  /** Offset of a capability in the configuration (`pci.CAP_MSI`, …); 0: the device has none of that kind. */
  capability(id: u32): u32 {
    if (!(this.read16(STATUS) & STATUS_HAS_CAPABILITIES)) return 0;
    let at = this.read8(CAPABILITIES) & ~3;
    for (let i: u32 = 0; at >= END_OF_HEADER && i < MOST_CAPABILITIES; i++) {
      if (this.read8(at) == id) return at;
      at = this.read8(at + 1) & ~3;
    }
    return 0;
  }

  /**
   * Address in BAR `index`, 0 to 5: a cell address, or a port if `isPort`. One with 64 bits takes the next index, too.
   */
  bar(index: u32): u64 {
    return bars.address(this, index);
  }
  isPort(index: u32): bool {
    return bars.isPort(this, index);
  }
  /** Moves a BAR, as far as the cell's configuration lets it. Before `enable(pci.MEMORY)`. */
  setBar(index: u32, address: u64): void {
    bars.setAddress(this, index, address);
  }
  /** Bytes that a BAR spans; 0 where there is none, or where the cell's configuration fixes the address. */
  barSize(index: u32): u64 {
    return bars.size(this, index);
  }
  /** Maps the first `size` bytes of the registers in a memory BAR. */
  map(index: u32, size: u64): Registers {
    return bars.map(this, index, size);
  }

  /** From now on the device's message (MSI) is interrupt `irq` of the calling CPU. x86 only. */
  msi(irq: u32): void {
    messages.setMsi(this, irq);
  }
  /** Entries of the MSI-X table; 0: the device has none. */
  get msixCount(): u32 {
    return messages.msixCount(this);
  }
  /**
   * From now on message `entry` of the device (MSI-X) is interrupt `irq`, on x86 of the calling CPU. After
   * `enable(pci.MEMORY)`: the table lies behind a BAR.
   */
  msix(entry: u32, irq: u32): void {
    messages.setMsix(this, entry, irq);
  }

  /** Lets the device use its interrupt pin. Gives the interrupt; 0: it has no pin, or on x86 nobody knows where it leads. */
  intx(): u32 {
    const pin = this.read8(INTERRUPT_PIN);
    if (pin == 0) return 0;
    this.disable(COMMAND_NO_INTX);
    return machine.pinInterrupt(pin);
  }
}

function aligned(offset: u32, size: u32): u32 {
  if (offset & (size - 1)) panic(`pci: offset 0x${hex(offset)} of the configuration is no multiple of ${size}`);
  return offset;
}

/** What jailhouse-abi 4.4 allows; behind the header the cell's configuration decides. */
function writable(offset: u32, size: u32): u32 {
  const word = aligned(offset, size) & ~3;
  const bar = word >= FIRST_BAR && word < END_OF_BARS;
  const line = offset == INTERRUPT_LINE && size == 1;
  if (word != COMMAND && word != LATENCY && !bar && !line && word < END_OF_HEADER) {
    panic(`pci: Jailhouse lets no cell write ${size} bytes at 0x${hex(offset)} of the configuration`);
  }
  return offset;
}
