/** The demo's frames: an Ethernet header (IEEE 802.3, 3.1.1) whose type is the whole message. */

/** Who is there? To all. */
export const ANNOUNCE: u32 = 0x004a;
/** You answer, I ask. */
export const TARGET_ROLE: u32 = 0x014a;
export const PING: u32 = 0x024a;
export const PONG: u32 = 0x034a;

export const EVERYBODY: u64 = 0xffffffffffff;
export const LENGTH: u32 = 14;

const SOURCE: usize = 6;
const TYPE: usize = 12;

/** Addresses are 48 bits, the first byte lowest. */
export function compose(frame: usize, destination: u64, source: u64, type: u32): void {
  storeAddress(frame, destination);
  storeAddress(frame + SOURCE, source);
  store<u16>(frame + TYPE, <u16>type);
}

export function typeOf(frame: usize): u32 {
  return load<u16>(frame + TYPE);
}
export function sourceOf(frame: usize): u64 {
  return load<u32>(frame + SOURCE) | ((<u64>load<u16>(frame + SOURCE + 4)) << 32);
}

function storeAddress(at: usize, address: u64): void {
  store<u32>(at, <u32>address);
  store<u16>(at + 4, <u16>(address >> 32));
}
