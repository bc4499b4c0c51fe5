/* The constant data of the module, where it was loaded. */
#pragma once
#include "engine.h"

/* What the image itself has to say, by way of the module: in place of the words that the module has at `own_words_at`. */
static const char *own_words;
static u32 own_words_at, own_words_end;
/* There no module has any (no-module.ts). */
#define WORDS_OF_NO_MODULE 0xffff0000u

static COLD void use_words(const char *words, u32 at) {
  own_words = words;
  own_words_at = own_words_end = at;
  do own_words_end++;
  while (*words++);
}

static COLD u32 constant_data(u32 pointer) {
  if (pointer >= own_words_at && pointer < own_words_end) return (u8)own_words[pointer - own_words_at];
  return engine_constant(pointer);
}
static COLD void restore_data(void) { engine_place_data(); }
