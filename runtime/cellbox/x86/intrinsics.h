/* What the monitor's TypeScript gets from the machine: the rows for `cellbox-x86` in runtime/intrinsics.ts. The build puts their prototypes before
 * this file: a definition that differs from its row does not compile. */
#pragma once

#define INTRINSIC(result, name, ...) static inline __attribute__((always_inline, nodebug, unused)) result jh_##name(__VA_ARGS__)

#define DEFINE_PLAIN(bits, value)                                                     \
  typedef struct {                                                                    \
    u##bits v;                                                                        \
  } __attribute__((packed, may_alias)) plain##bits##_t;                               \
  INTRINSIC(value, load##bits, u64 address) { return ((const plain##bits##_t *)address)->v; } \
  INTRINSIC(void, store##bits, u64 address, value v) { ((plain##bits##_t *)address)->v = (u##bits)v; }
DEFINE_PLAIN(8, u32)
DEFINE_PLAIN(16, u32)
DEFINE_PLAIN(32, u32)
DEFINE_PLAIN(64, u64)

INTRINSIC(u64, device_read, u64 address, u32 size) {
  switch (size) {
    case 1: return *(volatile u8 *)address;
    case 2: return *(volatile u16 *)address;
    case 4: return *(volatile u32 *)address;
    default: return *(volatile u64 *)address;
  }
}
INTRINSIC(void, device_write, u64 address, u64 value, u32 size) {
  switch (size) {
    case 1: *(volatile u8 *)address = (u8)value; break;
    case 2: *(volatile u16 *)address = (u16)value; break;
    case 4: *(volatile u32 *)address = (u32)value; break;
    default: *(volatile u64 *)address = value;
  }
}
/* Where no device is, reads give ones: a PC's bus raises nothing. */
INTRINSIC(u32, device_access, u64 address, u32 size, u32 write, u64 value) {
  if (write) jh_device_write(address, *(const u64 *)value, size);
  else *(u64 *)value = jh_device_read(address, size);
  return 1;
}

#define DEFINE_PORT(bits, suffix, r)                                                                \
  INTRINSIC(u32, in##bits, u32 port) {                                                              \
    u##bits v;                                                                                      \
    __asm__ volatile("in" suffix " %%dx, %" r "0" : "=a"(v) : "d"(port) : "memory");                \
    return v;                                                                                       \
  }                                                                                                 \
  INTRINSIC(void, out##bits, u32 port, u32 v) {                                                     \
    __asm__ volatile("out" suffix " %" r "0, %%dx" ::"a"((u##bits)v), "d"(port) : "memory");        \
  }
DEFINE_PORT(8, "b", "b")
DEFINE_PORT(16, "w", "w")
DEFINE_PORT(32, "l", "k")

INTRINSIC(u32, exchange32, u64 address, u32 value) { return __atomic_exchange_n((u32 *)address, value, __ATOMIC_SEQ_CST); }

INTRINSIC(u64, msr_read, u32 msr) {
  u32 low, high;
  __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
  return (u64)high << 32 | low;
}
INTRINSIC(void, msr_write, u32 msr, u64 value) {
  __asm__ volatile("wrmsr" ::"c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}
INTRINSIC(u32, cpuid, u32 leaf, u32 subleaf, u32 what) {
  u32 registers[4];
  __asm__ volatile("cpuid" : "=a"(registers[0]), "=b"(registers[1]), "=c"(registers[2]), "=d"(registers[3]) : "a"(leaf), "c"(subleaf));
  return registers[what & 3];
}

INTRINSIC(u64, counter, void) {
  u32 low, high;
  __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high)::"memory");
  return (u64)high << 32 | low;
}
INTRINSIC(void, wait_interrupt, void) { __asm__ volatile("sti\n\thlt\n\tcli" ::: "memory"); }
INTRINSIC(void, relax, void) { __asm__ volatile("pause" ::: "memory"); }
INTRINSIC(void, barrier, void) { __asm__ volatile("mfence" ::: "memory"); }
INTRINSIC(void, barrier_device, void) { __asm__ volatile("mfence" ::: "memory"); }

/* ---- CPUs and cells, in start.S ---- */

extern const u8 start_page[];
extern void wait_kick(void), take_kick(void), take_interrupts(void);
INTRINSIC(u64, start_page, void) { return (u64)start_page; }
INTRINSIC(void, wait_kick, void) { wait_kick(); }
INTRINSIC(void, take_kick, void) { take_kick(); }
INTRINSIC(void, take_interrupts, void) { take_interrupts(); }
INTRINSIC(void, guest_load, u64 block) { __asm__ volatile("vmload %0" ::"a"(block) : "memory"); }

INTRINSIC(void, trap, u32 code) {
  (void)code;
  trap(TRAP_ABORT);
}
