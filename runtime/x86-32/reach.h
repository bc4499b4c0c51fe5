/* Where a pointer and an offset may lead. Nothing is mapped behind linear memory, so the MMU does most of it: what is left are addresses that would
 * begin again at 0. */
#pragma once

/* Offsets are constants, most of them small: then one test of the pointer's sign is what remains, and one does for all fields of an object. The
 * last page is kept free for the width of the access. A macro, so that each trap is one of its own. */
#define SMALL_OFFSET 0x3ffff000
#define AT(index, offset)                                                                                       \
  ({                                                                                                            \
    u32 pointer_ = (index);                                                                                     \
    if (UNLIKELY((s32)pointer_ < 0 || ((offset) > SMALL_OFFSET && (u64)pointer_ + (offset) > LINEAR_WINDOW - PAGE))) \
      trap_at(TRAP_MEMORY, LINEAR_BASE + pointer_ + (u32)(offset));                                             \
    pointer_ + (u32)(offset);                                                                                   \
  })

/* A module may ask for more memory at its start than there are addresses. */
#define REACHABLE_BYTES (MEMORY_BYTES < LINEAR_WINDOW ? MEMORY_BYTES : LINEAR_WINDOW)

/* A native address is that of a mapped region and an offset of 64 bits. */
#define NATIVE(address)                                                       \
  ({                                                                          \
    if (UNLIKELY((address) >> 32)) trap_at(FAULT_UNMAPPED, address);          \
    native_memory + (u32)(address);                                           \
  })
