/* The intrinsics that kernels use, on a host. RAM outside of linear memory is the process's own. */
#pragma once

static u8 ram[1 << 20] __attribute__((aligned(4096)));
extern __attribute__((visibility("hidden"))) u8 native_memory[];

static u64 ram_used;
static inline u64 jh_map_ram(u64 physical, u64 size) {
  u64 at = (u64)ram + ram_used;
  ram_used += size;
  return ram_used <= sizeof ram ? at : 0;
}

#define DEFINE_PLAIN(suffix, memory, value)                                                                   \
  typedef struct {                                                                                            \
    memory v;                                                                                                 \
  } __attribute__((packed, may_alias)) plain##suffix##_t;                                                     \
  ALWAYS value jh_load##suffix(u64 address) { return ((const plain##suffix##_t *)(native_memory + address))->v; } \
  ALWAYS void jh_store##suffix(u64 address, value v) { ((plain##suffix##_t *)(native_memory + address))->v = (memory)v; }
DEFINE_PLAIN(8, u8, u32)
DEFINE_PLAIN(32, u32, u32)
DEFINE_PLAIN(64, u64, u64)
