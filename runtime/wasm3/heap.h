/* The heap of wasm3: used while a module is read and compiled, never afterwards. First fit in a list of blocks that covers all of it; free
 * neighbours become one when they are looked at. */
#pragma once

#define BLOCK_ALIGN 16

struct block {
  size_t bytes; /* with this header; bit 0: in use */
  size_t unused;
} __attribute__((aligned(BLOCK_ALIGN)));

static uptr heap_begin, heap_limit, heap_top; /* behind `heap_top` no block has been yet */

static struct block *block_behind(struct block *block) { return (struct block *)((char *)block + (block->bytes & -2)); }

static void join_free(struct block *block) {
  while ((uptr)block < heap_top && !(block->bytes & 1)) {
    struct block *next = block_behind(block);
    if ((uptr)next == heap_top) {
      heap_top = (uptr)block;
      return;
    }
    if (next->bytes & 1) return;
    block->bytes += next->bytes;
  }
}

static void split(struct block *block, size_t bytes) {
  size_t rest = (block->bytes & -2) - bytes;
  if (rest < 2 * sizeof *block) return;
  block->bytes = bytes | (block->bytes & 1);
  *block_behind(block) = (struct block){rest, 0};
}

void *calloc(size_t count, size_t size) {
  size_t bytes = (count * size + sizeof(struct block) + BLOCK_ALIGN - 1) & -BLOCK_ALIGN;
  struct block *block = (struct block *)heap_begin;
  for (; (uptr)block < heap_top; block = block_behind(block)) {
    if (block->bytes & 1) continue;
    join_free(block);
    if ((uptr)block == heap_top) break;
    if (block->bytes >= bytes) goto found;
  }
  if (bytes > heap_limit - heap_top) return NULL;
  block->bytes = bytes;
  heap_top += bytes;
found:
  split(block, bytes);
  block->bytes |= 1;
  memset(block + 1, 0, (block->bytes & -2) - sizeof *block);
  return block + 1;
}

void free(void *at) {
  if (!at) return;
  struct block *block = (struct block *)at - 1;
  block->bytes &= -2;
  join_free(block);
}

void *realloc(void *at, size_t size) {
  struct block *block = (struct block *)at - 1;
  size_t usable = at ? (block->bytes & -2) - sizeof *block : 0;
  if (at && size <= usable) return at;
  /* What grows by a little grows again, as the list of functions does. */
  size_t roomy = at ? size + size / 2 : size;
  void *fresh = calloc(roomy, 1);
  if (!fresh && roomy > size) fresh = calloc(size, 1);
  if (!fresh) return NULL;
  if (at) memcpy(fresh, at, usable);
  free(at);
  return fresh;
}

/* Gives back what a block that has grown has too much. */
static void trim(void *at, size_t size) {
  if (!at) return;
  struct block *block = (struct block *)at - 1;
  split(block, (size + sizeof *block + BLOCK_ALIGN - 1) & -BLOCK_ALIGN);
  join_free(block_behind(block));
}

void abort(void) { __builtin_trap(); }
int memcmp(const void *a, const void *b, size_t length) {
  const u8 *x = a, *y = b;
  for (; length > 0; length--, x++, y++)
    if (*x != *y) return *x - *y;
  return 0;
}
int strcmp(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return (u8)*a - (u8)*b;
}
size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}
