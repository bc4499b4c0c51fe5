/* The intrinsics of `runtime/intrinsics.ts` for arm64. The build puts their prototypes, made from the table, before this file: a definition
 * that differs from its row does not compile. Device accesses are single-register loads and stores without write-back, the only ones that a
 * hypervisor can emulate (Arm ARM D17.2.37: ISV). */
#pragma once

#define INTRINSIC(result, name, ...) ALWAYS result jh_##name(__VA_ARGS__)

/* ---- Devices ---- */

/* A misaligned access to Device memory faults (Arm ARM B2.7.2), but not under QEMU before 9.0: checked where the program gives the offset, both
 * are the same. */
INTRINSIC(u32, aligned, u32 address, u32 size) {
  if (UNLIKELY(address & (size - 1))) trap_at(FAULT_MISALIGNED, address);
  return address;
}

#define DEFINE_DEVICE(bits, value, load, store, r)                                                                          \
  INTRINSIC(value, read##bits, u32 address) {                                                                               \
    value v;                                                                                                                \
    __asm__ volatile(load " %" r "0, [%1]" : "=r"(v) : "r"((u64)address) : "memory");                                       \
    return v;                                                                                                               \
  }                                                                                                                         \
  INTRINSIC(void, write##bits, u32 address, value v) {                                                                      \
    __asm__ volatile(store " %" r "1, [%0]" ::"r"((u64)address), "rZ"(v) : "memory");                                        \
  }
DEFINE_DEVICE(8, u32, "ldrb", "strb", "w")
DEFINE_DEVICE(16, u32, "ldrh", "strh", "w")
DEFINE_DEVICE(32, u32, "ldr", "str", "w")
DEFINE_DEVICE(64, u64, "ldr", "str", "x")

/* Index of the next free page of the device window. A page stays free between two devices: running off one faults. */
static u32 next_device_page;

/* The first of so many; 0: there are not so many left. CPUs may ask at the same time. */
static COLD __attribute__((unused)) u32 take_device_pages(u32 pages) {
#if MORE_CPUS > 0
  u32 first = __atomic_fetch_add(&next_device_page, pages, __ATOMIC_RELAXED);
  if (first + pages <= DEVICES_END_PAGE) return first;
  __atomic_fetch_sub(&next_device_page, pages, __ATOMIC_RELAXED);
  return 0;
#else
  u32 first = next_device_page;
  if (pages > DEVICES_END_PAGE - first) return 0;
  next_device_page = first + pages;
  return first;
#endif
}

static COLD __attribute__((unused)) u32 map_device(u64 physical, u64 size) {
  u64 offset = physical % PAGE;
  u64 pages = (offset + size + PAGE - 1) / PAGE;
  if (size == 0 || pages >= DEVICES_END_PAGE) return 0;
  u32 first = take_device_pages(pages + 1);
  if (first == 0) return 0;
  for (u64 i = 0; i < pages; i++) level3[first + i] = (physical - offset + i * PAGE) | DEVICE;
  /* Arm ARM D8.13.1: an entry that was invalid is in no TLB; the walk must see the store. */
  __asm__ volatile("dsb ishst\n\tisb" ::: "memory");
  return first * PAGE + offset;
}
INTRINSIC(u32, map_device, u64 physical, u64 size) { return map_device(physical, size); }

/* Break before make, on all CPUs (Arm ARM D8.14.1). */
static COLD NOINLINE __attribute__((unused)) void move_device(u32 address, u64 physical) {
  volatile u64 *entry = &level3[address / PAGE];
  *entry = 0;
  __asm__ volatile("dsb ishst\n\ttlbi vmalle1is\n\tdsb ish" ::: "memory");
  *entry = physical | DEVICE;
  __asm__ volatile("dsb ishst\n\tisb" ::: "memory");
}
INTRINSIC(void, move_device, u32 address, u64 physical) { move_device(address, physical); }

/* ---- Memory ---- */

INTRINSIC(u64, physical, u32 pointer) {
  u64 base = linear_physical() - LINEAR_START;
  return pointer >= LINEAR_START && pointer < linear_limit() ? base + pointer : ~0ul;
}
INTRINSIC(u32, memory_limit, void) { return linear_limit(); }

#include "memory-access.h"

#define FOR_EACH_LINE(operation, address, size)                                        \
  do {                                                                                 \
    u64 line = 4ul << (ctr_el0() >> 16 & 0xf);                                         \
    for (u64 at = (address) & -line; at < (address) + (size); at += line)              \
      __asm__ volatile("dc " operation ", %0" ::"r"(at) : "memory");                   \
    __asm__ volatile("dsb sy" ::: "memory");                                           \
  } while (0)
INTRINSIC(void, clean_cache, u64 address, u64 size) { FOR_EACH_LINE("cvac", address, size); }
INTRINSIC(void, invalidate_cache, u64 address, u64 size) { FOR_EACH_LINE("civac", address, size); }

/* ---- CPU ---- */

#define DEFINE_INSTRUCTION(name, instruction) \
  INTRINSIC(void, name, void) { __asm__ volatile(instruction ::: "memory"); }
DEFINE_INSTRUCTION(wait_interrupt, "wfi")
/* The hint is an unallocated one, a NOP (Arm ARM C6.2.125): it marks the WFE for cellbox, whose QEMU cannot wait. */
DEFINE_INSTRUCTION(wait_event, "hint #0x6a\n\twfe")
DEFINE_INSTRUCTION(relax, "yield")
DEFINE_INSTRUCTION(barrier, "dmb ish")
DEFINE_INSTRUCTION(barrier_store, "dmb ishst")
DEFINE_INSTRUCTION(barrier_device, "dsb sy")

#define DEFINE_READ(name, type, reg)                                 \
  INTRINSIC(type, name, void) {                                      \
    u64 value;                                                       \
    __asm__ volatile("mrs %0, " reg : "=r"(value)::"memory");        \
    return (type)value;                                              \
  }
#define DEFINE_WRITE(name, type, reg, after) \
  INTRINSIC(void, name, type value) { __asm__ volatile("msr " reg ", %0" after ::"r"((u64)value) : "memory"); }

INTRINSIC(u32, interrupts_off, void) {
  u64 mask;
  __asm__ volatile("mrs %0, daif\n\tmsr daifset, #2" : "=r"(mask)::"memory");
  return mask;
}
DEFINE_WRITE(interrupts_restore, u32, "daif", "")
INTRINSIC(u64, cpu_id, void) {
  u64 mpidr;
  __asm__("mrs %0, mpidr_el1" : "=r"(mpidr));
  return mpidr & 0xff00ffffff;
}
static __attribute__((noreturn, cold)) void halt(void) {
  for (;;) __asm__ volatile("msr daifset, #0xf\n\twfi" ::: "memory");
}
INTRINSIC(void, halt, void) { halt(); }

/* Nothing else uses this register but a fault in a handler (vectors.S), behind which nobody reads it. */
DEFINE_WRITE(note, u64, "tpidr_el0", "")
DEFINE_READ(noted, u64, "tpidr_el0")

#if MORE_CPUS > 0
/* This CPU's number in the cell + 1, as start.S puts it there. Not volatile: it never changes. */
ALWAYS u32 this_cpu(void) {
  u64 id;
  __asm__("mrs %0, tpidrro_el0" : "=r"(id));
  return id;
}
#endif

/* ---- Atomics ---- */

/* Exclusives need aligned addresses (Arm ARM B2.2.1). */
#define WORD(bits, pointer) ((u##bits *)LINEAR(jh_aligned(pointer, (bits) / 8)))
#include "atomics.h"

/* The exclusive load marks the word: a store by another CPU takes the mark away, which is an event (Arm ARM D1.6.1). */
INTRINSIC(void, wait_change, u32 pointer, u32 value) {
  u32 seen;
  __asm__ volatile("ldaxr %w0, [%1]\n\tcmp %w0, %w2\n\tb.ne 1f\n\twfe\n1:" : "=&r"(seen) : "r"(WORD(32, pointer)), "r"(value) : "cc", "memory");
}

/* ---- Time (Arm ARM D12) ---- */

/* Without ISB the counter may be read ahead of what comes before (D12.1.2). */
INTRINSIC(u64, counter, void) {
  u64 count;
  __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count)::"memory");
  return count;
}
INTRINSIC(u64, counter_hz, void) {
  u64 hz;
  __asm__("mrs %0, cntfrq_el0" : "=r"(hz));
  return hz;
}
DEFINE_WRITE(timer_compare, u64, "cntv_cval_el0", "\n\tisb")
DEFINE_WRITE(timer_control, u32, "cntv_ctl_el0", "\n\tisb")
INTRINSIC(u64, physical_counter, void) {
  u64 count;
  __asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(count)::"memory");
  return count;
}
DEFINE_WRITE(physical_timer_compare, u64, "cntp_cval_el0", "\n\tisb")
DEFINE_WRITE(physical_timer_control, u32, "cntp_ctl_el0", "\n\tisb")
INTRINSIC(void, event_stream, u32 log2) {
  u64 value;
  __asm__ volatile("mrs %0, cntkctl_el1" : "=r"(value));
  value &= ~0xfcul;
  if (log2 < 16) value |= log2 << 4 | 1 << 2; /* EVNTI, EVNTEN; D17.11.15 */
  __asm__ volatile("msr cntkctl_el1, %0\n\tisb" ::"r"(value) : "memory");
}

/* ---- Interrupts (GICv3 specification 12.2) ---- */

DEFINE_READ(icc_iar1, u32, "icc_iar1_el1")
DEFINE_WRITE(icc_eoir1, u32, "icc_eoir1_el1", "")
DEFINE_WRITE(icc_pmr, u32, "icc_pmr_el1", "\n\tisb")
DEFINE_WRITE(icc_ctlr, u32, "icc_ctlr_el1", "\n\tisb")
DEFINE_WRITE(icc_igrpen1, u32, "icc_igrpen1_el1", "\n\tisb")
DEFINE_WRITE(icc_sgi1r, u64, "icc_sgi1r_el1", "\n\tisb")

/* The vector calls it. A program that unmasks interrupts without `irq.on` still gets a report. */
__attribute__((used)) void (*irq_handler)(void);
static void unexpected_interrupt(void) { trap(FAULT_INTERRUPT); }

#include "pmu.h"

/* ---- The hypervisor (jailhouse-abi 3.7, 3.6) ---- */

INTRINSIC(u32, comm_region, void) { return COMM_REGION; }
INTRINSIC(u32, constant, u32 pointer) { return constant_data(pointer); }
INTRINSIC(u32, command_line, u32 index) { return index < COMMAND_LINE_SIZE ? ((const volatile u8 *)COMMAND_LINE)[index] : 0; }
INTRINSIC(s64, hypercall, u64 code, u64 arg1, u64 arg2) {
  register u64 x0 __asm__("x0") = code;
  register u64 x1 __asm__("x1") = arg1;
  register u64 x2 __asm__("x2") = arg2;
  __asm__ volatile("hvc #0x4a48" : "+r"(x0), "+r"(x1), "+r"(x2)::"x3", "memory");
  return (s64)x0;
}
INTRINSIC(s64, smc, u64 fn, u64 arg1, u64 arg2, u64 arg3) {
  register u64 x0 __asm__("x0") = fn;
  register u64 x1 __asm__("x1") = arg1;
  register u64 x2 __asm__("x2") = arg2;
  register u64 x3 __asm__("x3") = arg3;
  /* SMCCC 1.0, 2.5: x4 to x17 may change. */
  __asm__ volatile("smc #0"
                   : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)::"x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
                     "x16", "x17", "memory");
  return (s64)x0;
}

/* ---- Faults ---- */

/* A code known at build time becomes its own brk; 255 codes do. */
INTRINSIC(void, trap, u32 code) {
  if (code == TRAP_ABORT) trap(TRAP_ABORT);
  if (code == FAULT_COMM_REGION) trap(FAULT_COMM_REGION);
  if (code == FAULT_OUT_OF_MEMORY) trap(FAULT_OUT_OF_MEMORY);
  trap(TRAP_PANIC);
}
