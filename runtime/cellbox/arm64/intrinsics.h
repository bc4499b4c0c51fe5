/* What the monitor's TypeScript gets from the machine: the rows for `cellbox-arm64` in runtime/intrinsics.ts. The build puts their prototypes
 * before this file: a definition that differs from its row does not compile. */
#pragma once
#include "registers.h"

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
  u64 value;
  switch (size) {
    case 1: __asm__ volatile("ldrb %w0, [%1]" : "=r"(value) : "r"(address) : "memory"); break;
    case 2: __asm__ volatile("ldrh %w0, [%1]" : "=r"(value) : "r"(address) : "memory"); break;
    case 4: __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory"); break;
    default: __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(address) : "memory");
  }
  return value;
}
INTRINSIC(void, device_write, u64 address, u64 value, u32 size) {
  switch (size) {
    case 1: __asm__ volatile("strb %w0, [%1]" ::"r"(value), "r"(address) : "memory"); break;
    case 2: __asm__ volatile("strh %w0, [%1]" ::"r"(value), "r"(address) : "memory"); break;
    case 4: __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(address) : "memory"); break;
    default: __asm__ volatile("str %0, [%1]" ::"r"(value), "r"(address) : "memory");
  }
}

/* In start.S, where an abort does not end the monitor. */
extern u32 try_access(u64 address, u32 size, u32 write, u64 value);
INTRINSIC(u32, device_access, u64 address, u32 size, u32 write, u64 value) { return try_access(address, size, write, value); }

INTRINSIC(u32, exchange32, u64 address, u32 value) {
  u32 before, failed;
  __asm__ volatile("1: ldaxr %w0, [%2]\n\tstlxr %w1, %w3, [%2]\n\tcbnz %w1, 1b"
                   : "=&r"(before), "=&r"(failed)
                   : "r"(address), "r"(value)
                   : "memory");
  return before;
}

/* The register's number is a constant almost everywhere, then one MRS or MSR remains of the switch. */
#define REGISTER_NUMBER(op0, op1, n, m, op2) ((op0) << 14 | (op1) << 11 | (n) << 7 | (m) << 3 | (op2))
INTRINSIC(u64, register_read, u32 number) {
  u64 value = 0;
  switch (number) {
#define READ(name, op0, op1, n, m, op2)   \
  case REGISTER_NUMBER(op0, op1, n, m, op2): \
    __asm__ volatile("mrs %0, S" #op0 "_" #op1 "_C" #n "_C" #m "_" #op2 : "=r"(value)::"memory"); break;
    SYSTEM_REGISTERS(READ)
    default: trap(TRAP_UNREACHABLE);
  }
  return value;
}
INTRINSIC(void, register_write, u32 number, u64 value) {
  switch (number) {
#define WRITE(name, op0, op1, n, m, op2)   \
  case REGISTER_NUMBER(op0, op1, n, m, op2): \
    __asm__ volatile("msr S" #op0 "_" #op1 "_C" #n "_C" #m "_" #op2 ", %0" ::"r"(value) : "memory"); break;
    SYSTEM_REGISTERS(WRITE)
    default: trap(TRAP_UNREACHABLE);
  }
  __asm__ volatile("isb" ::: "memory");
}

INTRINSIC(u64, counter, void) {
  u64 value;
  __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value)::"memory");
  return value;
}
INTRINSIC(u64, counter_hz, void) {
  u64 value;
  __asm__("mrs %0, cntfrq_el0" : "=r"(value));
  return (u32)value;
}
INTRINSIC(void, wait_interrupt, void) { __asm__ volatile("dsb sy\n\twfi" ::: "memory"); }
INTRINSIC(void, relax, void) { __asm__ volatile("yield" ::: "memory"); }
INTRINSIC(void, barrier, void) { __asm__ volatile("dmb ish" ::: "memory"); }
INTRINSIC(void, barrier_device, void) { __asm__ volatile("dsb sy" ::: "memory"); }

/* Of this VMID on all CPUs, stage 1 too (Arm ARM D8.13, TLBI VMALLS12E1IS); instructions may have changed with the mapping. */
INTRINSIC(void, flush_guest, void) {
  __asm__ volatile("dsb ishst\n\ttlbi vmalls12e1is\n\tic ialluis\n\tdsb ish\n\tisb" ::: "memory");
}

/* PAR_EL1 belongs to the cell: it gets its value back. */
#define TRANSLATE(stages)                                                                        \
  u64 own, result;                                                                               \
  __asm__ volatile("mrs %0, par_el1\n\tat " stages ", %2\n\tisb\n\tmrs %1, par_el1\n\tmsr par_el1, %0" \
                   : "=&r"(own), "=&r"(result)                                                   \
                   : "r"(address)                                                                \
                   : "memory");                                                                  \
  return result;
INTRINSIC(u64, translate_guest, u64 address) { TRANSLATE("s12e1r") }
INTRINSIC(u64, translate_stage1, u64 address) { TRANSLATE("s1e1r") }

INTRINSIC(s64, smc, u64 fn, u64 arg1, u64 arg2, u64 arg3) {
  register u64 x0 __asm__("x0") = fn;
  register u64 x1 __asm__("x1") = arg1;
  register u64 x2 __asm__("x2") = arg2;
  register u64 x3 __asm__("x3") = arg3;
  __asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)::"memory", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
                   "x12", "x13", "x14", "x15", "x16", "x17");
  return (s64)x0;
}

extern const u8 cpu_entry[];
INTRINSIC(u64, cpu_entry, void) { return (u64)(uintptr_t)cpu_entry; }
INTRINSIC(void, trap, u32 code) {
  (void)code;
  trap(TRAP_ABORT);
}
