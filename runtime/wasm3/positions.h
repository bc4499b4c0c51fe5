/* From compiled code back to the module: for every operation its address and the offset of the instruction that it comes from, as differences
 * in the order in which wasm3 writes them. wasm3's own table (d_m3RecordBacktraces) would double the size of compiled code. */
#pragma once

#define CHUNK_BYTES 240

/* A byte an operation: words since the one before in the high half, bytes of the module in the low one. What does not fit begins a chunk. */
struct positions {
  struct positions *next;
  const void *const *code;
  u32 offset;
  u32 used;
  u8 differences[CHUNK_BYTES];
};
static struct positions *first_positions, *last_positions;
static const void *const *last_code;
static u32 last_offset;

static bool note_position(const void *const *code, u32 offset) {
  uptr words = code - last_code;
  u32 bytes = offset - last_offset;
  if (last_positions && code > last_code && words < 16 && bytes < 16 && last_positions->used < CHUNK_BYTES) {
    last_positions->differences[last_positions->used++] = words << 4 | bytes;
  } else {
    struct positions *chunk = calloc(1, sizeof *chunk);
    if (!chunk) return false;
    chunk->code = code;
    chunk->offset = offset;
    if (last_positions) last_positions->next = chunk;
    else first_positions = chunk;
    last_positions = chunk;
  }
  last_code = code;
  last_offset = offset;
  return true;
}

struct position {
  const void *const *code;
  u32 offset;
};

/* Calls `body` with every operation. */
#define FOR_EACH_POSITION(at, body)                                                         \
  for (struct positions *chunk = first_positions; chunk; chunk = chunk->next) {             \
    struct position at = {chunk->code, chunk->offset};                                      \
    for (u32 i = 0;; i++) {                                                                 \
      body;                                                                                 \
      if (i == chunk->used) break;                                                          \
      at.code += chunk->differences[i] >> 4;                                                \
      at.offset += chunk->differences[i] & 15;                                              \
    }                                                                                       \
  }

/* Words that an operation takes at most, without the table of br_table. */
#define MOST_WORDS 8

/* The last operation that begins before `code`. */
static struct position position_before(const void *const *code) {
  struct position found = {0, 0};
  FOR_EACH_POSITION(at, if (at.code < code && at.code > found.code && at.code + MOST_WORDS >= code) found = at);
  return found;
}
