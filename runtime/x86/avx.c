/* SSE is on; AVX if there is any (Intel SDM 1, 13.3). */
static COLD void enable_avx(void) {
  enum { XSAVE = 1 << 26, AVX = 1 << 28, OSXSAVE = 1 << 18 };
  u32 features = cpuid(1, 0, 2);
  if (!(features & XSAVE)) return;
  uptr cr4;
  __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
  __asm__ volatile("mov %0, %%cr4" ::"r"(cr4 | OSXSAVE));
  __asm__ volatile("xsetbv" ::"a"(features & AVX ? 7 : 3), "d"(0), "c"(0));
}
