/* How the RAM of the cell is divided before anything is known to be right: by the module's header as far as it makes sense. */
#pragma once
#include "module-image.h"

/* What is left of it when the tables are built, and the main stack. Offsets from the reset address. */
struct free_ram {
  uptr begin, end, main_stack;
};
extern struct free_ram free_ram;

/* Enough to say on the console that there is no module. */
#define LEAST_RAM (MODULE_OFFSET + 0x40000)
#define LEAST_MAIN_STACK 0x8000

struct ram_use {
  uptr ram, module, main_stack, more_cpus, null_bytes;
};

static inline struct ram_use ram_use(const struct module_image *module) {
  bool sound = module->magic == MODULE_MAGIC && module->version == MODULE_VERSION && module->ram_check == ~module->ram &&
               module->ram >= LEAST_RAM && module->ram <= LARGEST_RAM && module->main_stack <= MAIN_STACK_TOP - MAIN_STACK_LIMIT &&
               module->main_stack >= LEAST_MAIN_STACK && module->more_cpus <= MORE_CPUS && module->null_pages <= 1;
  /* main.c looks at the header to say what is wrong. */
  if (!sound) return (struct ram_use){LEAST_RAM, PAGE, LEAST_MAIN_STACK, 0, 0};
  bool fits = module->length < module->ram - MODULE_OFFSET - PAGE;
  uptr bytes = fits ? (sizeof *module + module->length + PAGE - 1) & -(uptr)PAGE : PAGE;
  return (struct ram_use){module->ram, bytes, module->main_stack & -(uptr)PAGE, module->more_cpus, module->null_pages * PAGE};
}
