/* What wasm3 takes from a hosted C library; heap.h gives it. */
#pragma once
#include <stddef.h>

void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void free(void *block);
void abort(void);
