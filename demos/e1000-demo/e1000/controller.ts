/** From a controller in any state to one with a link. Each wait ends: no chip takes a second, and one that does is broken. */
import { panic, Registers, timer } from "jh-inmate";
import * as r from "./registers";

const RESET_TIME: u64 = 20_000_000;
const PATIENCE: u64 = 1_000_000_000;

/** Basic control register of every PHY (IEEE 802.3, 22.2.4.1) */
const PHY_CONTROL: u32 = 0;
const PHY_POWER_DOWN: u32 = 1 << 11;

const MAC_WORDS: u32 = 3;

export function reset(registers: Registers): void {
  registers.write32(r.CTRL, r.CTRL_RESET);
  timer.wait(RESET_TIME);
  registers.clear(r.CTRL, r.CTRL_LINK_RESET | r.CTRL_FORCE_SPEED);
  registers.set(r.CTRL, r.CTRL_LINK_UP);
  // Who had the controller before may have switched the PHY off.
  const control = phy(registers, PHY_CONTROL, r.MDIC_READ, 0);
  phy(registers, PHY_CONTROL, r.MDIC_WRITE, control & ~PHY_POWER_DOWN);
}

function phy(registers: Registers, register: u32, operation: u32, value: u32): u32 {
  registers.write32(r.MDIC, (register << r.MDIC_REGISTER_SHIFT) | r.MDIC_PHY | operation | value);
  return until(registers, r.MDIC, r.MDIC_READY) & 0xffff;
}

export function isLinkUp(registers: Registers): bool {
  return (registers.read32(r.STATUS) & r.STATUS_LINK_UP) != 0;
}

/** Mb/s */
export function linkSpeed(registers: Registers): u32 {
  const speed = (registers.read32(r.STATUS) >> r.STATUS_SPEED_SHIFT) & 3;
  return speed == 0 ? 10 : speed == 1 ? 100 : 1000;
}

/** The controller's own address, the first byte lowest: the one that it listens to, else the one in its EEPROM. */
export function readAddress(registers: Registers): u64 {
  const high = registers.read32(r.RAH);
  if (high & r.RAH_VALID) return ((<u64>(high & 0xffff)) << 32) | registers.read32(r.RAL);
  let address: u64 = 0;
  for (let word: u32 = 0; word < MAC_WORDS; word++) {
    registers.write32(r.EERD, r.EERD_START | (word << r.EERD_ADDRESS_SHIFT));
    address |= (<u64>(until(registers, r.EERD, r.EERD_DONE) >> 16)) << (16 * word);
  }
  return address;
}

export function listenTo(registers: Registers, address: u64): void {
  registers.write32(r.RAL, <u32>address);
  registers.write32(r.RAH, <u32>(address >> 32) | r.RAH_VALID);
}

/** Reads the register until the bit is there. */
function until(registers: Registers, offset: u32, bit: u32): u32 {
  const deadline = timer.after(PATIENCE);
  while (timer.now() < deadline) {
    const value = registers.read32(offset);
    if (value & bit) return value;
  }
  panic(`e1000: the controller is stuck at register ${offset}`);
  return 0;
}
