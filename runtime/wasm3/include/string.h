/* Copies and fills are those of the runtime (wasm/memory.c), the rest is in heap.h. */
#pragma once
#include <stddef.h>

/* Of a known length they are instructions. */
#define memcpy __builtin_memcpy
#define memmove __builtin_memmove
#define memset __builtin_memset
int memcmp(const void *a, const void *b, size_t length);
int strcmp(const char *a, const char *b);
size_t strlen(const char *text);
