/* Plain accesses to native addresses. A machine that has fewer addresses than 64 bits give checks them in a NATIVE of its own. */
#pragma once

extern __attribute__((visibility("hidden"))) u8 native_memory[]; /* as wasm.h's linear_memory, so that clang can vectorise loops */
#ifndef NATIVE
#define NATIVE(address) (native_memory + (address))
#endif
#define DEFINE_PLAIN(suffix, memory, value)                                            \
  typedef struct {                                                                     \
    memory v;                                                                          \
  } __attribute__((packed, may_alias)) plain##suffix##_t;                              \
  INTRINSIC(value, load##suffix, u64 address) { return ((const plain##suffix##_t *)NATIVE(address))->v; } \
  INTRINSIC(void, store##suffix, u64 address, value v) { ((plain##suffix##_t *)NATIVE(address))->v = (memory)v; }
DEFINE_PLAIN(8, u8, u32)
DEFINE_PLAIN(16, u16, u32)
DEFINE_PLAIN(32, u32, u32)
DEFINE_PLAIN(64, u64, u64)
DEFINE_PLAIN(f64, f64, f64)
