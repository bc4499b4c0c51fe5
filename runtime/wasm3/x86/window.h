/* RAM behind the image, by its offset from the reset address, where an x86 cell begins. */
#pragma once

#define window_address(offset) ((uptr)(offset))
#define linear_physical() program.linear_at

/* Maps RAM from an offset on as linear memory. */
static COLD void map_linear(uptr offset, u64 bytes) {
  for (uptr at = 0; at < bytes; at += PAGE) pages[LINEAR_INDEX + (LINEAR_START + at) / PAGE] = (offset + at) | DATA;
  /* An entry that was not present is in no TLB (Intel SDM 3A, 4.10.2.3). */
  __asm__ volatile("" ::: "memory");
}
