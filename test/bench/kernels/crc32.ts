/** CRC-32 (IEEE 802.3) of bytes by a table of 256 entries. */
const LENGTH = 64 * 1024;
const table = new StaticArray<u32>(256);
const message = new StaticArray<u8>(LENGTH);
for (let i: u32 = 0; i < 256; i++) {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >> 1) ^ 0xedb88320 : value >> 1;
  table[i] = value;
}
for (let i = 0; i < LENGTH; i++) message[i] = <u8>(i * 13 + (i >> 8));

export function crc32(): u32 {
  let crc: u32 = 0xffffffff;
  for (let i = 0; i < LENGTH; i++) crc = unchecked(table[(crc ^ message[i]) & 0xff]) ^ (crc >> 8);
  return ~crc;
}
