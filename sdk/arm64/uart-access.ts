/** How an Arm cell reaches its UART: in memory, on some boards behind a gate that lets its clock through. */
import * as args from "../args";
import * as comm from "../comm-region";
import * as jh from "../jh";

/** The registers of every UART that Jailhouse knows lie in so many bytes. */
const REGISTERS: u64 = 0x100;
/** Flag of the comm region's console. */
const GATE_INVERTED: u32 = 0x1000;

/** Gives the device address of the registers at cell address `base`; 0 when there is no room. */
export function open(base: u64): u32 {
  ungateClock();
  return jh.map_device(base, REGISTERS);
}

export function isMemory(): bool {
  return true;
}
export function read8(address: u32): u32 {
  return jh.read8(address);
}
export function write8(address: u32, value: u32): void {
  jh.write8(address, value);
}

function ungateClock(): void {
  const clock = <u64>args.int("con-clock-reg", comm.consoleClock());
  if (clock == 0) return;
  const bit = (<u32>1) << (<u32>args.int("con-gate-nr", comm.consoleGate()));
  const inverted = args.bool("con-gate-inverted", (comm.consoleFlags() & GATE_INVERTED) != 0);
  const address = jh.map_device(clock, sizeof<u32>());
  const value = jh.read32(address);
  jh.write32(address, inverted ? value & ~bit : value | bit);
}
