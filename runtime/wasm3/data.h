/* The constant data of the module, where it was loaded. */
#pragma once
#include "engine.h"

/* Said in a report in place of the module's words for kind 1, which it reads from `own_words_at` on. */
static const char *own_words;
static u32 own_words_at;

static COLD u32 constant_data(u32 pointer) {
  if (!own_words) return engine_constant(pointer);
  if (own_words_at == 0) own_words_at = pointer;
  return (u8)own_words[pointer - own_words_at];
}
static COLD void restore_data(void) { engine_place_data(); }
