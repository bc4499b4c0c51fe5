/* Between start.S and the module. */

extern const u8 exception_entries[], own_interrupt[];
extern struct {
  u16 offset_low, segment, attributes, offset_middle;
  u32 offset_high, reserved;
} idt[256];

/* Interrupt gates (AMD APM volume 2, 4.8.4). */
static COLD void build_idt(void) {
  for (u32 n = 0; n < 256; n++) {
    u64 entry = n < 32 ? (u64)exception_entries + 16 * n : (u64)own_interrupt;
    idt[n].offset_low = (u16)entry;
    idt[n].segment = 0x18;
    idt[n].attributes = 0x8e00;
    idt[n].offset_middle = (u16)(entry >> 16);
    idt[n].offset_high = (u32)(entry >> 32);
  }
}

__attribute__((used)) void monitor_start(u32 index, u64 frame) {
  if (index == 0) {
    build_idt();
    __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES);
    memory_pages = MEMORY_INITIAL_PAGES;
    wasm_start();
  } else {
    __asm__ volatile("clgi" ::: "memory");
  }
  EXPORT_start(index, frame);
}

__attribute__((used)) void monitor_exit(u64 frame) { EXPORT_exit(frame); }

__attribute__((used)) void monitor_fault(u64 syndrome, u64 pc, u64 address) { EXPORT_fault(syndrome, pc, address); }
