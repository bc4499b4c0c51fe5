/* CRC-32 as of IEEE 802.3, as the build computes it. */
#pragma once

static COLD u32 crc32(const u8 *bytes, u32 length) {
  u32 crc = ~0u;
  for (; length > 0; length--) {
    crc ^= *bytes++;
    for (u32 i = 0; i < 8; i++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}
