/* A console that needs nothing of what is measured. */
#pragma once
#include "bench.h"

static void print_text(const char *text) {
  while (*text) print_byte((u8)*text++);
}

static void print_number(u64 value) {
  if (value >= 10) print_number(value / 10);
  print_byte('0' + value % 10);
}

static void print_line(const char *name, u64 instructions, u64 checksum) {
  print_text(name);
  print_byte(' ');
  print_number(instructions);
  print_byte(' ');
  print_number(checksum);
  print_byte('\n');
}
