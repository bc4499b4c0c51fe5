/**
 * The IOAPIC (Intel 82093AA data sheet, 3.0): which pin becomes which interrupt. The cell has the pins that its
 * configuration gives it (`interrupts` in cell.ts); entries of others read 0 and stay as they are.
 */
import * as jh from "../jh";

/** Where PCs have it; a machine with several has the others elsewhere. */
const USUAL_ADDRESS: u64 = 0xfec00000;
const SIZE: u64 = 0x20;

const INDEX: u32 = 0x00;
const DATA: u32 = 0x10;
/** Two registers a pin. */
const TABLE: u32 = 0x10;

const ACTIVE_LOW: u32 = 1 << 13;
const LEVEL: u32 = 1 << 15;
const MASKED: u32 = 1 << 16;
const DESTINATION: u32 = 24;

let registers: u32 = 0;

/** Works with the IOAPIC at this address from now on. */
export function use(address: u64): void {
  registers = jh.map_device(address, SIZE);
}

/** Pin `pin` raises interrupt `vector` (see `irq.on`) on this CPU: at edges, or as long as its level is active. */
export function route(pin: u32, vector: u32, isLevel: bool = false, isActiveLow: bool = false): void {
  // The half with the mask last: an interrupt in between must not go to the old place.
  write(TABLE + 2 * pin + 1, (<u32>jh.cpu_id()) << DESTINATION);
  write(TABLE + 2 * pin, vector | (isLevel ? LEVEL : 0) | (isActiveLow ? ACTIVE_LOW : 0));
}

/** Ends what `route` began. */
export function mask(pin: u32): void {
  write(TABLE + 2 * pin, MASKED);
}

function write(index: u32, value: u32): void {
  if (registers == 0) use(USUAL_ADDRESS);
  jh.write32(registers + INDEX, index);
  jh.write32(registers + DATA, value);
}
