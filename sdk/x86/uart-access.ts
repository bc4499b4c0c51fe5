/** How an x86 cell reaches its UART: by I/O ports or in memory. */
import * as args from "../args";
import * as comm from "../comm-region";
import * as jh from "../jh";

/** Four bytes apart, the registers of an 8250 with a mode register lie in so many bytes. */
const REGISTERS: u64 = 0x24;
/** Flag of the comm region's console. */
const MMIO: u32 = 0x1;

let inMemory: bool = false;

/** Gives the first port, or the device address of the registers at cell address `base`; 0 when there is no room. */
export function open(base: u64): u32 {
  inMemory = args.bool("con-is-mmio", (comm.consoleFlags() & MMIO) != 0);
  return inMemory ? jh.map_device(base, REGISTERS) : <u32>base;
}

export function isMemory(): bool {
  return inMemory;
}
export function read8(address: u32): u32 {
  return inMemory ? jh.read8(address) : jh.in8(address);
}
export function write8(address: u32, value: u32): void {
  if (inMemory) jh.write8(address, value);
  else jh.out8(address, value);
}
