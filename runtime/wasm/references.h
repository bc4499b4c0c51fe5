/* References, and the instructions that read and change tables (Core Specification 2.0, 4.4.6). A table T is g_T (code addresses), g_T_type
 * (type ids) and g_T_size. No host function gives out external references, so the only one is null. */
#pragma once

typedef struct {
  u32 type;
  wasm_fn func;
} wasm_rt_funcref_t;
typedef void *wasm_rt_externref_t;

#define wasm_rt_funcref_null_value ((wasm_rt_funcref_t){0, 0})
#define wasm_rt_externref_null_value ((wasm_rt_externref_t)0)

#define CHECK_TABLE(index, count, size)                                              \
  do {                                                                               \
    if (UNLIKELY((u64)(index) + (u64)(count) > (size))) trap(TRAP_TABLE);            \
  } while (0)

#define funcref_table_get(t, index) ({ CHECK_TABLE(index, 1, t##_size); (wasm_rt_funcref_t){t##_type[index], t[index]}; })
#define funcref_table_set(t, index, value)                                           \
  do {                                                                               \
    CHECK_TABLE(index, 1, t##_size);                                                 \
    t[index] = (value).func, t##_type[index] = (value).type;                         \
  } while (0)
#define funcref_table_fill(t, index, value, count)                                   \
  do {                                                                               \
    CHECK_TABLE(index, count, t##_size);                                             \
    for (u32 i = 0; i < (count); i++) t[(index) + i] = (value).func, t##_type[(index) + i] = (value).type; \
  } while (0)
#define funcref_table_copy(to, from, to_index, from_index, count)                    \
  do {                                                                               \
    CHECK_TABLE(to_index, count, to##_size);                                         \
    CHECK_TABLE(from_index, count, from##_size);                                     \
    __builtin_memmove(to + (to_index), from + (from_index), (count) * sizeof *to);   \
    __builtin_memmove(to##_type + (to_index), from##_type + (from_index), (count) * sizeof *to##_type); \
  } while (0)
#define funcref_table_init(t, segment, segment_size, index, from, count)             \
  do {                                                                               \
    CHECK_TABLE(from, count, segment_size);                                          \
    CHECK_TABLE(index, count, t##_size);                                             \
    for (u32 i = 0; i < (count); i++)                                                \
      t[(index) + i] = (segment)[(from) + i].func, t##_type[(index) + i] = (segment)[(from) + i].type; \
  } while (0)
#define wasm_rt_grow_funcref_table(t, delta, value)                                  \
  ({                                                                                 \
    u32 before = t##_size;                                                           \
    if ((u64)before + (delta) > t##_capacity) before = ~0u;                          \
    else {                                                                           \
      t##_size += (delta);                                                           \
      funcref_table_fill(t, before, value, delta);                                   \
    }                                                                                \
    before;                                                                          \
  })

#define externref_table_get(t, index) ({ CHECK_TABLE(index, 1, t##_size); t[index]; })
#define externref_table_set(t, index, value)                                         \
  do {                                                                               \
    CHECK_TABLE(index, 1, t##_size);                                                 \
    t[index] = (value);                                                              \
  } while (0)
#define externref_table_fill(t, index, value, count)                                 \
  do {                                                                               \
    CHECK_TABLE(index, count, t##_size);                                             \
    for (u32 i = 0; i < (count); i++) t[(index) + i] = (value);                      \
  } while (0)
#define externref_table_copy(to, from, to_index, from_index, count)                  \
  do {                                                                               \
    CHECK_TABLE(to_index, count, to##_size);                                         \
    CHECK_TABLE(from_index, count, from##_size);                                     \
    __builtin_memmove(to + (to_index), from + (from_index), (count) * sizeof *to);   \
  } while (0)
#define externref_table_init(t, segment_size, index, from, count)                    \
  do {                                                                               \
    CHECK_TABLE(from, count, segment_size);                                          \
    externref_table_fill(t, index, 0, count);                                        \
  } while (0)
#define wasm_rt_grow_externref_table(t, delta, value)                                \
  ({                                                                                 \
    u32 before = t##_size;                                                           \
    if ((u64)before + (delta) > t##_capacity) before = ~0u;                          \
    else {                                                                           \
      t##_size += (delta);                                                           \
      externref_table_fill(t, before, value, delta);                                 \
    }                                                                                \
    before;                                                                          \
  })
