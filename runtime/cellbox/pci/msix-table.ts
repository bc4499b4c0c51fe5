/** MSI-X's table of a machine's function (PCI Local Bus 3.0, 6.8.2): a copy, of which the device has the entries that can be sent, and all masks. */
import { Access } from "../access.ts";
import { Cell } from "../cell.ts";
import * as jh from "../jh.ts";
import { machine } from "../machine.ts";
import { allocate } from "../pool.ts";

/** Of the capability's first dword. */
export const MSIX_ENABLE: u32 = 0x80000000;
export const MSIX_MASK: u32 = 0x40000000;

export const ENTRY: u32 = 16;
const HIGH: u32 = 4;
const DATA: u32 = 8;
const CONTROL: u32 = 12;
const MASKED: u32 = 1;

/** Its callers hold LOCK_DEVICES. */
export class MsixTable {
  private cell: Cell = changetype<Cell>(0);
  /** Address of the device's, and of the copy. */
  private device: u64 = 0;
  private copy: u64 = 0;
  /** 0 if there is no memory for the copy: then nothing can be written. */
  private size: u32 = 0;

  open(cell: Cell, device: u64, vectors: u32): void {
    this.cell = cell;
    this.device = device;
    const copy = allocate(ENTRY * vectors);
    this.copy = copy;
    this.size = copy == 0 ? 0 : ENTRY * vectors;
  }

  reset(): void {
    for (let at: u32 = 0; at < this.size; at += 4) jh.store32(this.copy + at, (at & 15) == CONTROL ? MASKED : 0);
    for (let at = CONTROL; at < this.size; at += ENTRY) jh.device_write(this.device + at, MASKED, 4);
  }

  /** Of any width, at dwords: real Jailhouse looks at the address alone. Behind the table nothing can be written. */
  emulate(access: Access, isOn: bool): bool {
    const offset = <u32>(access.address - this.device);
    if ((offset & 3) != 0) return false;
    const isControl = (offset & 15) == CONTROL;
    if (!access.write) {
      const isKept = offset < this.size && !isControl;
      access.value = isKept ? jh.load32(this.copy + offset) : jh.device_read(access.address, 4);
      return true;
    }
    if (offset >= this.size) return false;
    jh.store32(this.copy + offset, <u32>access.value);
    if (isOn && !this.place(offset & ~15)) return false;
    if (isControl) jh.device_write(access.address, <u32>access.value, 4);
    return true;
  }

  /** MSI-X is turned on. false: an entry that is not masked could reach another cell's CPU. */
  placeAll(): bool {
    for (let entry: u32 = 0; entry < this.size; entry += ENTRY) if (!this.place(entry)) return false;
    return true;
  }

  private place(entry: u32): bool {
    const at = this.copy + entry;
    if ((jh.load32(at + CONTROL) & MASKED) != 0) return true;
    const address = ((<u64>jh.load32(at + HIGH)) << 32) | jh.load32(at);
    const data = jh.load32(at + DATA);
    if (!machine.isMessageOf(this.cell, address, data)) return false;
    jh.device_write(this.device + entry, machine.deviceAddress(address), 4);
    jh.device_write(this.device + entry + HIGH, 0, 4);
    jh.device_write(this.device + entry + DATA, machine.deviceData(data), 4);
    return true;
  }
}
