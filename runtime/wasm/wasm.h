/* What the C of a Wasm module stands on: the names that wasm2c's statements use, defined for one instance at fixed addresses.
 *
 * The image's architecture gives, before this file:
 *   linear_memory    a symbol at the virtual address of linear memory, a constant: it folds into the addressing
 *   trap(code)       raises a fault, does not return
 *   linear_limit()   bytes of linear memory that are backed
 * The 48 GiB behind linear_memory that no memory backs are unmapped, so loads and stores need no bounds check: index and offset are 32 bits each,
 * and an element of an array lies an index of 32 bits times at most 8 bytes behind it.
 * A machine that has no room for that gives an AT of its own, which checks what the MMU cannot, and
 * REACHABLE_BYTES, what of the module's memory has addresses.
 */
#pragma once
#include "traps.h"
#include "types.h"

typedef void (*wasm_fn)(void);

#define TRAP(name) (trap(TRAP_##name), 0)
#define UNREACHABLE trap(TRAP_UNREACHABLE)

/* ---- Linear memory ---- */

/* To clang an object of its own, of unknown size: what is stored there changes none of the module's globals, and loops over it can be
 * vectorised. A number cast to a pointer might point to anything. */
extern __attribute__((visibility("hidden"), aligned(4096))) u8 linear_memory[];
#define LINEAR(address) ((void *)(linear_memory + (u64)(address)))
#ifdef AT
#define CHECKED_AT
#else
#define AT(index, offset) ((u64)(index) + (offset))
#endif
/* A load, or with a value a store. All of it has the position of this macro. */
#define ACCESS(name, index, offset, ...) name##_default32(AT(index, offset), ##__VA_ARGS__)
/* The same of an array's element, of 1 << shift bytes: as C indexes, which clang knows what it costs. */
#if defined PRECISE_TRAPS || defined CHECKED_AT
#define ELEMENT(name, array, index, shift, ...) ACCESS(name, (array) + ((index) << (shift)), 0u, ##__VA_ARGS__)
#else
#define ELEMENT(name, array, index, shift, ...) name##_at((struct { u8 bytes[1 << (shift)]; } *)LINEAR(array) + (u64)(index), ##__VA_ARGS__)
#endif

/* Wasm accesses need no alignment; a packed struct tells clang so, and `may_alias` that any type may lie anywhere. */

#ifdef PRECISE_TRAPS /* a load whose value is unused is done all the same, because it may trap */
#ifdef __aarch64__
#define FLOAT_REGISTER "w"
#else
#define FLOAT_REGISTER "x"
#endif
#ifdef __i386__
#define KEEP(value) __asm__ volatile("" ::"ri"((u32)(value)), "ri"((u32)((u64)(value) >> 32)))
#else
#define KEEP(value) __asm__ volatile("" ::"r"(value))
#endif
#define KEEP_FLOAT(value) __asm__ volatile("" ::FLOAT_REGISTER(value))
#else
#define KEEP(value)
#define KEEP_FLOAT(value)
#endif

#define DEFINE_LOAD(name, memory, extended, result, keep)                  \
  typedef struct {                                                         \
    memory v;                                                              \
  } __attribute__((packed, may_alias)) name##_t;                           \
  ALWAYS result name##_at(const void *address) {                           \
    memory v = ((const name##_t *)address)->v;                             \
    keep(v);                                                               \
    return (result)(extended)v;                                            \
  }                                                                        \
  ALWAYS result name##_default32(u64 address) { return name##_at(LINEAR(address)); }
#define DEFINE_STORE(name, memory, operand)                                \
  typedef struct {                                                         \
    memory v;                                                              \
  } __attribute__((packed, may_alias)) name##_t;                           \
  ALWAYS void name##_at(void *address, operand value) {                    \
    ((name##_t *)address)->v = (memory)value;                              \
  }                                                                        \
  ALWAYS void name##_default32(u64 address, operand value) { name##_at(LINEAR(address), value); }

DEFINE_LOAD(i32_load, u32, u32, u32, KEEP)
DEFINE_LOAD(i64_load, u64, u64, u64, KEEP)
DEFINE_LOAD(f32_load, f32, f32, f32, KEEP_FLOAT)
DEFINE_LOAD(f64_load, f64, f64, f64, KEEP_FLOAT)
DEFINE_LOAD(i32_load8_s, s8, s32, u32, KEEP)
DEFINE_LOAD(i64_load8_s, s8, s64, u64, KEEP)
DEFINE_LOAD(i32_load8_u, u8, u32, u32, KEEP)
DEFINE_LOAD(i64_load8_u, u8, u64, u64, KEEP)
DEFINE_LOAD(i32_load16_s, s16, s32, u32, KEEP)
DEFINE_LOAD(i64_load16_s, s16, s64, u64, KEEP)
DEFINE_LOAD(i32_load16_u, u16, u32, u32, KEEP)
DEFINE_LOAD(i64_load16_u, u16, u64, u64, KEEP)
DEFINE_LOAD(i64_load32_s, s32, s64, u64, KEEP)
DEFINE_LOAD(i64_load32_u, u32, u64, u64, KEEP)
DEFINE_STORE(i32_store, u32, u32)
DEFINE_STORE(i64_store, u64, u64)
DEFINE_STORE(f32_store, f32, f32)
DEFINE_STORE(f64_store, f64, f64)
DEFINE_STORE(i32_store8, u8, u32)
DEFINE_STORE(i32_store16, u16, u32)
DEFINE_STORE(i64_store8, u8, u64)
DEFINE_STORE(i64_store16, u16, u64)
DEFINE_STORE(i64_store32, u32, u64)

/* Size in pages as the module sees it. What is backed may be less: a page of Wasm is not the unit of real memory. */
static u32 memory_pages;
static bool memory_refused; /* growth, so that an allocator may give up */
#define MEMORY_BYTES ((u64)memory_pages << 16)

static COLD __attribute__((unused)) u32 grow_memory(u32 delta, u32 maximum) {
  u32 before = memory_pages;
  u64 wanted = (u64)before + delta;
  if (delta != 0 && (wanted > maximum || wanted > (linear_limit() + 0xffff) >> 16)) {
    memory_refused = true;
    return ~0u;
  }
  memory_pages = (u32)wanted;
  return before;
}
#define wasm_rt_grow_memory(delta) grow_memory(delta, MEMORY_MAXIMUM_PAGES)

#ifndef REACHABLE_BYTES
#define REACHABLE_BYTES MEMORY_BYTES
#endif
#define CHECK_RANGE(address, length)                                                     \
  do {                                                                                   \
    if (UNLIKELY((u64)(address) + (u64)(length) > REACHABLE_BYTES)) trap(TRAP_MEMORY);   \
  } while (0)

/* Written in terms of the compiler's builtins, so that known lengths become plain stores. */
ALWAYS void memory_fill(u64 to, u32 value, u64 length) {
  CHECK_RANGE(to, length);
  __builtin_memset(LINEAR(to), (int)value, length);
}
ALWAYS void memory_copy(u64 to, u64 from, u64 length) {
  CHECK_RANGE(to, length);
  CHECK_RANGE(from, length);
  __builtin_memmove(LINEAR(to), LINEAR(from), length);
}
ALWAYS void memory_init(const u8 *segment, u32 size, u64 to, u32 from, u32 length) {
  if (UNLIKELY((u64)from + length > size)) trap(TRAP_MEMORY);
  CHECK_RANGE(to, length);
  __builtin_memcpy(LINEAR(to), segment + from, length);
}
#define LOAD_DATA(address, segment, length) memory_init(segment, length, address, 0, length)

/* ---- Calls through the table ---- */

/* How functions are called that give a float and whose callers are not known: as any other, if the machine does not say something else. */
#ifndef FLOAT_CALL
#define FLOAT_CALL
#define FLOAT_CALL_NAME(name)
#endif

#define CALL_INDIRECT(signature, table, type, index, ...)                                        \
  (LIKELY((index) < table##_size && table##_type[index] == (type)) || TRAP(CALL_INDIRECT),       \
   ((signature)table[index])(__VA_ARGS__))

#include "arithmetic.h"
#include "references.h"
