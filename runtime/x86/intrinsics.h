/* The intrinsics of `runtime/intrinsics.ts` for x86. The build puts their prototypes, made from the table, before this file: a definition that
 * differs from its row does not compile. */
#pragma once

#define INTRINSIC(result, name, ...) ALWAYS result jh_##name(__VA_ARGS__)

/* ---- Devices ---- */

/* x86 does not mind, but a device does, and a hypervisor that emulates it stops the CPU. */
INTRINSIC(u32, aligned, u32 address, u32 size) {
  if (UNLIKELY(address & (size - 1))) trap_at(FAULT_MISALIGNED, address);
  return address;
}

/* Moves between RAX and [RDX]: among the few forms that Jailhouse decodes (jailhouse-abi 3.3). */
#define DEFINE_DEVICE(bits, value, suffix, r)                                                                               \
  INTRINSIC(value, read##bits, u32 address) {                                                                               \
    u##bits v;                                                                                                              \
    __asm__ volatile("mov" suffix " (" DX "), %" r "0" : "=a"(v) : "d"((uptr)address) : "memory");                           \
    return v;                                                                                                               \
  }                                                                                                                         \
  INTRINSIC(void, write##bits, u32 address, value v) {                                                                      \
    __asm__ volatile("mov" suffix " %" r "0, (" DX ")" ::"a"((u##bits)v), "d"((uptr)address) : "memory");                    \
  }
DEFINE_DEVICE(8, u32, "b", "b")
DEFINE_DEVICE(16, u32, "w", "w")
DEFINE_DEVICE(32, u32, "l", "k")
#include "device64.h"

#define DEFINE_PORT(bits, suffix, r)                                                                                        \
  INTRINSIC(u32, in##bits, u32 port) {                                                                                      \
    u##bits v;                                                                                                              \
    __asm__ volatile("in" suffix " %%dx, %" r "0" : "=a"(v) : "d"(port) : "memory");                                        \
    return v;                                                                                                               \
  }                                                                                                                         \
  INTRINSIC(void, out##bits, u32 port, u32 v) {                                                                             \
    __asm__ volatile("out" suffix " %" r "0, %%dx" ::"a"((u##bits)v), "d"(port) : "memory");                                \
  }
DEFINE_PORT(8, "b", "b")
DEFINE_PORT(16, "w", "w")
DEFINE_PORT(32, "l", "k")

/* Index of the next free page of the device window. A page stays free between two devices: running off one faults. */
static u32 next_device_page;

static COLD __attribute__((unused)) u32 map_device(u64 physical, u64 size) {
  u64 offset = physical % PAGE;
  u64 needed = (offset + size + PAGE - 1) / PAGE;
  if (size == 0 || needed >= DEVICES_END_PAGE) return 0;
  u32 first = __atomic_fetch_add(&next_device_page, needed + 1, __ATOMIC_RELAXED);
  if (first + needed + 1 > DEVICES_END_PAGE) {
    __atomic_fetch_sub(&next_device_page, needed + 1, __ATOMIC_RELAXED);
    return 0;
  }
  /* An entry that was not present is in no TLB (Intel SDM 3A, 4.10.2.3). */
  for (u64 i = 0; i < needed; i++) pages[first + i] = (physical - offset + i * PAGE) | DEVICE;
  return first * PAGE + offset;
}
INTRINSIC(u32, map_device, u64 physical, u64 size) { return map_device(physical, size); }

/* ---- Memory ---- */

INTRINSIC(u64, physical, u32 pointer) {
  return pointer >= LINEAR_START && pointer < linear_limit() ? linear_physical() - LINEAR_START + pointer : ~0ull;
}
INTRINSIC(u32, memory_limit, void) { return linear_limit(); }

#include "memory-access.h"

ALWAYS void flush_lines(u64 address, u64 size) {
  u32 a = 1, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  u64 line = (b >> 8 & 0xff) * 8; /* Intel SDM 2A, CPUID leaf 1 */
  for (u64 at = address & -line; at < address + size; at += line) __asm__ volatile("clflush (%0)" ::"r"((uptr)at) : "memory");
  __asm__ volatile("mfence" ::: "memory");
}
INTRINSIC(void, flush_line, u32 pointer) { __asm__ volatile("clflush (%0)" ::"r"(LINEAR(pointer)) : "memory"); }
INTRINSIC(void, clean_cache, u64 address, u64 size) { flush_lines(address, size); }
INTRINSIC(void, invalidate_cache, u64 address, u64 size) { flush_lines(address, size); }

/* ---- CPU ---- */

#define DEFINE_INSTRUCTION(name, instruction) \
  INTRINSIC(void, name, void) { __asm__ volatile(instruction ::: "memory"); }
/* Returns at once while interrupts are masked: HLT would never end. */
INTRINSIC(void, wait_interrupt, void) {
  uptr flags;
  __asm__ volatile(PUSH_FLAGS "\n\tpop %0" : "=r"(flags)::"memory");
  if (flags & 1 << 9) __asm__ volatile("hlt" ::: "memory");
  else __asm__ volatile("pause" ::: "memory");
}
DEFINE_INSTRUCTION(relax, "pause")
DEFINE_INSTRUCTION(barrier, "mfence")
DEFINE_INSTRUCTION(barrier_store, "sfence")
DEFINE_INSTRUCTION(barrier_device, "mfence")
DEFINE_INSTRUCTION(barrier_load, "lfence")
DEFINE_INSTRUCTION(interrupts_wait, "sti\n\thlt")

INTRINSIC(u32, interrupts_off, void) {
  uptr flags;
  __asm__ volatile(PUSH_FLAGS "\n\tpop %0\n\tcli" : "=r"(flags)::"memory");
  return ~flags & 1 << 9;
}
INTRINSIC(void, interrupts_restore, u32 mask) {
  if (mask == 0) __asm__ volatile("sti" ::: "memory");
  else __asm__ volatile("cli" ::: "memory");
}
ALWAYS u32 cpuid(u32 leaf, u32 subleaf, u32 what) {
  u32 registers[4];
  __asm__ volatile("cpuid" : "=a"(registers[0]), "=b"(registers[1]), "=c"(registers[2]), "=d"(registers[3]) : "a"(leaf), "c"(subleaf));
  return registers[what & 3];
}
INTRINSIC(u32, cpuid, u32 leaf, u32 subleaf, u32 what) { return cpuid(leaf, subleaf, what); }
INTRINSIC(u64, cpu_id, void) { return cpuid(1, 0, 1) >> 24; }
ALWAYS u64 read_msr(u32 msr) {
  u32 low, high;
  __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
  return (u64)high << 32 | low;
}
ALWAYS void write_msr(u32 msr, u64 value) { __asm__ volatile("wrmsr" ::"c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory"); }
INTRINSIC(u64, msr_read, u32 msr) { return read_msr(msr); }
INTRINSIC(void, msr_write, u32 msr, u64 value) { write_msr(msr, value); }

static __attribute__((noreturn, cold)) void halt(void) {
  for (;;) __asm__ volatile("cli\n\thlt" ::: "memory");
}
INTRINSIC(void, halt, void) { halt(); }

#if MORE_CPUS > 0
/* This CPU's number in the cell + 1: each has a task-state segment, and STR says which. */
ALWAYS u32 this_cpu(void) {
  u32 task;
  __asm__("str %0" : "=r"(task));
  return (task - FIRST_TASK) / TASK_BYTES + 1;
}
#else
#define this_cpu() 1
#endif

static u64 noted[MORE_CPUS + 1];
INTRINSIC(void, note, u64 value) { noted[this_cpu() - 1] = value; }
INTRINSIC(u64, noted, void) { return noted[this_cpu() - 1]; }

/* ---- Atomics ---- */

typedef u32 word32;
typedef u64 word64 __attribute__((aligned(8))); /* more than i386 asks of it */
#define WORD(bits, pointer) ((word##bits *)LINEAR(AT(jh_aligned(pointer, (bits) / 8), 0)))
#include "atomics.h"

/* Nothing wakes a CPU at a store: it looks again. */
INTRINSIC(void, wait_change, u32 pointer, u32 value) {
  if (__atomic_load_n(WORD(32, pointer), __ATOMIC_ACQUIRE) == value) __asm__ volatile("pause" ::: "memory");
}

/* ---- Time ---- */

enum { COMM_TSC_KHZ = 68 }; /* jailhouse-abi 2 */

/* LFENCE: not read ahead of what comes before (Intel SDM 2B, RDTSC). */
INTRINSIC(u64, counter, void) {
  u32 low, high;
  __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high)::"memory");
  return (u64)high << 32 | low;
}
INTRINSIC(u64, counter_hz, void) { return *(const volatile u32 *)(u64)(COMM_REGION + COMM_TSC_KHZ) * 1000ull; }

/* ---- Interrupts ---- */

/* The vectors call it with their number. A program that unmasks interrupts without `irq.on` still gets a report. */
typedef void (*vector_fn)(u32 vector);
__attribute__((used)) vector_fn irq_handler;
static void unexpected_interrupt(u32 vector) { trap(FAULT_INTERRUPT); }

/* ---- The hypervisor (jailhouse-abi 3.7) ---- */

INTRINSIC(u32, comm_region, void) { return COMM_REGION; }
INTRINSIC(u32, constant, u32 pointer) { return constant_data(pointer); }
INTRINSIC(u32, command_line, u32 index) { return index < COMMAND_LINE_SIZE ? ((const volatile u8 *)COMMAND_LINE)[index] : 0; }
INTRINSIC(s64, hypercall, u64 code, u64 arg1, u64 arg2) {
  uptr result;
  if (cpuid(0, 0, 1) == 0x68747541) /* "Auth", AMD */
    __asm__ volatile("vmmcall" : "=a"(result) : "a"((uptr)code), "D"((uptr)arg1), "S"((uptr)arg2) : "memory");
  else
    __asm__ volatile("vmcall" : "=a"(result) : "a"((uptr)code), "D"((uptr)arg1), "S"((uptr)arg2) : "memory");
  return (intptr_t)result;
}

/* ---- Faults ---- */

/* A code known at build time becomes its own instruction. */
INTRINSIC(void, trap, u32 code) {
  if (code == TRAP_ABORT) trap(TRAP_ABORT);
  if (code == FAULT_COMM_REGION) trap(FAULT_COMM_REGION);
  if (code == FAULT_OUT_OF_MEMORY) trap(FAULT_OUT_OF_MEMORY);
  trap(TRAP_PANIC);
}
