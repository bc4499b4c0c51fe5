/* Behind the C of a module: its entries and calls for the driver. Before it are defined SUBJECT, its name; ENTRIES(E), E(export, arity) for each;
 * CALLS, the words of struct subject's list. */
#include "subject.h"

#define CALL_0(name) EXPORT_##name()
#define CALL_1(name) EXPORT_##name(a[0])
#define CALL_2(name) EXPORT_##name(a[0], a[1])
#define CALL_3(name) EXPORT_##name(a[0], a[1], a[2])
#define CALL_4(name) EXPORT_##name(a[0], a[1], a[2], a[3])
#define CALL_5(name) EXPORT_##name(a[0], a[1], a[2], a[3], a[4])
#define CALL_6(name) EXPORT_##name(a[0], a[1], a[2], a[3], a[4], a[5])
#define CALL_7(name) EXPORT_##name(a[0], a[1], a[2], a[3], a[4], a[5], a[6])
#define CALL_8(name) EXPORT_##name(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])

#define DEFINE(name, arity) static u64 call_##name(const u64 *a) { return CALL_##arity(name); }
ENTRIES(DEFINE)
#define ROW(name, arity) {call_##name, arity},
static const struct entry entries[] = {ENTRIES(ROW)};
static const u64 calls[] = {CALLS END_OF_CALLS};

static void start_module(void) {
  __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES);
  memory_pages = MEMORY_INITIAL_PAGES;
  wasm_start();
}

const struct subject SUBJECT = {start_module, entries, calls};
