/* RAM behind the image, by its offset from the reset address. */
#pragma once

ALWAYS uptr window_address(uptr offset) { return MODULE_BASE + offset - MODULE_OFFSET; }
ALWAYS u64 image_physical(void) { return level3[0] & OUTPUT_ADDRESS; }
#define linear_physical() (image_physical() + program.linear_at)

extern u64 translation_root[ROOT_ENTRIES];

/* Maps RAM from an offset on as linear memory. */
static COLD void map_linear(uptr offset, u64 bytes) {
  for (u64 at = 0; at < bytes; at += PAGE) {
    u64 virtual = LINEAR_BASE + LINEAR_START + at;
    u64 table = translation_root[virtual / 0x200000] & OUTPUT_ADDRESS;
    ((u64 *)window_address(table - image_physical()))[virtual / PAGE % 512] = (image_physical() + offset + at) | DATA;
  }
  /* Arm ARM D8.13.1: an entry that was invalid is in no TLB; the walk must see the store. */
  __asm__ volatile("dsb ishst\n\tisb" ::: "memory");
}
