/* Between wasm3, which is compiled by itself, and the image's own C. Neither sees the other's headers. */
#pragma once
#include "types.h"

/* How wasm3's operations are called: as much of their state as possible in registers. On i386 one of the three has to be left for the address
 * of the next operation. */
#ifdef __i386__
#define OPERATION_CALL __attribute__((regparm(2)))
#else
#define OPERATION_CALL
#endif

struct M3Function;
typedef struct M3Function *engine_function;
struct M3MemoryHeader;

/* An operation of wasm3 that is one of our intrinsics: arguments and result lie in words of 64 bits at `sp`, the result first; `record` is the
 * address of the call's record. */
typedef const void *OPERATION_CALL (*engine_operation)(void *const *pc, u32 *sp, struct M3MemoryHeader *memory, s64 record, f64 fp0);

/* `signature` as wasm3 writes it: the result, and in brackets the arguments. */
struct engine_link {
  const char *name;
  const char *signature;
  engine_operation operation;
};
extern const struct engine_link engine_links[]; /* ends with a null name */

/* ---- wasm3.c ---- */

/* Everything that can be done before linear memory is there: reads, links and compiles. Gives what is wrong with the module, or null. May be
 * called again with another one. */
const char *engine_load(const u8 *wasm, u32 bytes, uptr heap, uptr heap_end, bool limits_handlers);
/* First address behind wasm3's heap; and where it ends for good. */
uptr engine_heap_end(void);
void engine_seal(uptr heap_end);
/* Linear memory begins at `base`, in whose last bytes before it wasm3 keeps its header. */
void engine_begin(void *base, u32 *pages);
/* Copies the constant data into linear memory. */
void engine_place_data(void);
/* A byte of the constant data, by its pointer. */
u32 engine_constant(u32 pointer);
/* Where it has a text, all ones if it does not. */
u32 engine_find_constant(const char *text);
engine_function engine_export(const char *name);
engine_function engine_start_function(void);
/* The function at a place in the table if it takes these arguments ("", "i") and gives nothing; else null. */
engine_function engine_table_function(u32 index, const char *arguments);
/* Whether a number is what a function's address is. */
bool engine_is_function(uptr address);
/* Runs it with the interpreter's stack from `stack` on; arguments, words of 64 bits, are there. */
void engine_call(engine_function function, u32 *stack);
u32 engine_arguments(engine_function function);
/* The module offset of the operation at or before an address in compiled code; 0: it is none. */
u32 engine_offset_before(const void *const *code);
/* Whether the native address `pc` is in the operation that an address of compiled code stands behind: its module offset, or 0. */
u32 engine_offset_of_operation(uptr behind, uptr pc);

/* ---- for wasm3.c ---- */

/* Raise a fault; `pc` is where in the compiled code. */
__attribute__((noreturn, cold)) void engine_trap_unreachable(const void *pc);
__attribute__((noreturn, cold)) void engine_trap_division(const void *pc);
__attribute__((noreturn, cold)) void engine_trap_overflow(const void *pc);
__attribute__((noreturn, cold)) void engine_trap_conversion(const void *pc);
__attribute__((noreturn, cold)) void engine_trap_indirect(const void *pc);
__attribute__((noreturn, cold)) void engine_trap_memory(const void *pc, u64 pointer);
__attribute__((noreturn, cold)) void engine_trap_stack(void);
__attribute__((noreturn, cold)) void engine_trap_fuel(const void *pc);
/* Counts a call or a turn of a loop, in programs whose handlers have a limit. */
void engine_burn(const void *pc);
/* memory.grow: pages of before, or all ones. */
u32 engine_grow(u32 delta, u32 maximum);

/* A call in progress, on the C stack of whoever makes it: `check` tells it from whatever else lies there. */
struct call_record {
  uptr check;
  u32 offset; /* of the calling instruction in the module */
};
#define CALL_MARK ((uptr)0x6a2d77c351b8e94dull)
