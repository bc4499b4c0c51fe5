/* wasm3 as one translation unit, as its authors wrote it, and what the image needs of it. What differs is put in its place by the
 * preprocessor: the traps, which are faults at once; the operations of operations.h, through EmitOp; the heap and the few functions of a C
 * library, of heap.h. Compiled with -DNDEBUG-like settings only: nothing of wasm3's logging is left. */
#include "engine.h"

#define vectorcall OPERATION_CALL
#define d_m3HasFloat 1
#define d_m3VerboseErrorMessages 0
#define d_m3MaxDuplicateFunctionImpl 2
#define d_m3CodePageAlignSize 2048
#define d_m3SkipStackCheck 1 /* op_OwnEntry does it */
#if __SIZEOF_POINTER__ == 8
#define d_m3SkipMemoryBoundsCheck 1 /* the MMU does it: nothing is mapped within 8 GiB behind linear memory */
#endif
/* types.h has these names, too. */
#undef LIKELY
#undef UNLIKELY

/* The texts of errors are variables to wasm3, which never changes them. */
#pragma clang section data = ".rodata.wasm3_errors"
#define M3_IMPLEMENT_ERROR_STRINGS
#include "wasm3.h"
#pragma clang section data = ""
#define m3Err_none ((M3Result)0)

/* What reads and compiles a module runs once: small. The operations, between the two, are what has to be fast. */
#define SMALL _Pragma("clang attribute push(__attribute__((minsize)), apply_to = function)")
#define FAST _Pragma("clang attribute pop")

SMALL
#include "m3_core.c"
#include "heap.h"
FAST

#define m3Err_trapUnreachable (engine_trap_unreachable(_pc), m3Err_none)
#define m3Err_trapDivisionByZero (engine_trap_division(_pc), m3Err_none)
#define m3Err_trapIntegerOverflow (engine_trap_overflow(_pc), m3Err_none)
#define m3Err_trapIntegerConversion (engine_trap_conversion(_pc), m3Err_none)
#define m3Err_trapIndirectCallTypeMismatch (engine_trap_indirect(_pc), m3Err_none)
#define m3Err_trapTableElementIsNull (engine_trap_indirect(_pc), m3Err_none)
#define m3Err_trapTableIndexOutOfRange (engine_trap_indirect(_pc), m3Err_none)
/* Where memory is checked by software. Those of memory.copy and memory.fill, which are not used, have no `operand` of their own. */
static const u64 operand;
#define m3Err_trapOutOfBoundsMemoryAccess (engine_trap_memory(_pc, operand), m3Err_none)

/* Each operation jumps to the next one; the compiler is not asked for it but told. */
#include "m3_exec_defs.h"
#undef nextOpDirect
#undef jumpOpDirect
#define nextOpDirect() __attribute__((musttail)) return nextOpImpl()
#define jumpOpDirect(PC) __attribute__((musttail)) return jumpOpImpl((pc_t)(PC))
#include "m3_exec.h"

#include "operations.h"

SMALL
#include "m3_code.c"
#include "m3_function.c"
#include "m3_module.c"
#include "positions.h"

#define EmitOp wasm3_emit
#include "m3_emit.c"
#undef EmitOp

/* Every operation goes through here: replaced if it is one of ours, and noted. At its start a function still has the offset of the one
 * before. What leaves a record gets its offset as the first word of its own. */
static u32 loops;
M3Result EmitOp(IM3Compilation o, IM3Operation operation) {
  if (operation == op_Loop) loops++;
  M3Result result = wasm3_emit(o, own_operation(operation));
  if (result || !o->page || !o->function) return result;
  bool inside = o->lastOpcodeStart >= o->function->wasm && o->lastOpcodeStart < o->function->wasmEnd;
  bytes_t at = inside ? o->lastOpcodeStart : o->wasm;
  uptr offset = at - o->module->wasmStart;
  if (!note_position((const void *const *)GetPagePC(o->page) - 1, offset)) return m3Err_mallocFailed;
  if (is_recorded(operation)) EmitWord(o->page, offset);
  return m3Err_none;
}

#include "compile.h"
#include "m3_env.c"
#include "m3_bind.c"
#include "m3_parse.c"

static IM3Environment environment;
static IM3Runtime runtime;
static IM3Module module;
static M3MemoryHeader *memory_header;
/* Where a data segment begins; they need not be constants. */
static u32 *data_addresses;

/* An import's code is the intrinsic itself, which returns as a function does. */
static M3Result link_imports(void) {
  for (u32 i = 0; i < module->numFuncImports; i++) {
    IM3Function function = &module->functions[i];
    const struct engine_link *link = engine_links;
    if (strcmp(function->import.moduleUtf8, "jh") != 0) return "it imports from another module than jh";
    while (link->name && strcmp(link->name, function->import.fieldUtf8) != 0) link++;
    if (!link->name) return "it imports what this machine does not have";
    M3Result result = ValidateSignature(function, link->signature);
    if (result) return result;
    IM3CodePage page = AcquireCodePageWithCapacity(runtime, 1);
    if (!page) return m3Err_mallocFailedCodePage;
    function->compiled = GetPagePC(page);
    function->module = module;
    EmitWord(page, link->operation);
    ReleaseCodePage(runtime, page);
  }
  return m3Err_none;
}

/* Calls of functions that were not compiled yet are filled in now: wasm3 would do it at the first call, which an interrupt may cut in two. */
static void complete_calls(void) {
  FOR_EACH_POSITION(at, {
    void const **code = (void const **)at.code;
    if (code[0] == (const void *)op_Compile) {
      code[2] = ((IM3Function)code[2])->compiled;
      code[0] = (const void *)op_OwnCall;
    }
  })
}

/* What follows a loop runs on top of the loop's frame, so each loop of a function may take one: room that is not in `maxStackSlots`. */
#define LOOP_FRAME 64
static M3Result compile_functions(void) {
  for (u32 i = module->numFuncImports; i < module->numFunctions; i++) {
    IM3Function function = &module->functions[i];
    loops = 0;
    M3Result result = function->wasm ? CompileFunction(function) : "a function has no body";
    if (result) return result;
    u32 slots = function->maxStackSlots + loops * (LOOP_FRAME / sizeof(m3slot_t));
    function->maxStackSlots = M3_MIN(slots, 0xffff);
  }
  return m3Err_none;
}

static M3Result evaluate_data_addresses(void) {
  data_addresses = calloc(module->numDataSegments, sizeof *data_addresses);
  if (!data_addresses) return m3Err_mallocFailed;
  for (u32 i = 0; i < module->numDataSegments; i++) {
    M3DataSegment *segment = &module->dataSegments[i];
    bytes_t at = segment->initExpr;
    M3Result result = EvaluateExpression(module, &data_addresses[i], c_m3Type_i32, &at, at + segment->initExprSize);
    if (result) return result;
    if ((u64)data_addresses[i] + segment->size > (u64)module->memoryInfo.initPages << 16) return "its data lies behind its memory";
  }
  return m3Err_none;
}

const char *engine_load(const u8 *wasm, u32 bytes, uptr heap, uptr heap_end, bool counts) {
  M3Result result;
  heap_begin = heap_top = (heap + BLOCK_ALIGN - 1) & -BLOCK_ALIGN;
  heap_limit = heap_end;
  limits_handlers = counts;
  first_positions = last_positions = NULL;
  environment = m3_NewEnvironment();
  runtime = environment ? m3_NewRuntime(environment, 256, NULL) : NULL;
  if (!runtime) return m3Err_mallocFailed;
  if ((result = m3_ParseModule(environment, &module, wasm, bytes))) return result;
  trim(module->functions, module->numFunctions * sizeof *module->functions);
  trim(module->globals, module->numGlobals * sizeof *module->globals);
  module->runtime = runtime;
  runtime->modules = module;
  if ((result = link_imports())) return result;
  if ((result = InitGlobals(module))) return result;
  /* Without it a segment that has no elements is taken for a lack of memory. */
  module->table0 = calloc(1, sizeof *module->table0);
  if ((result = InitElements(module))) return result;
  if ((result = evaluate_data_addresses())) return result;
  if ((result = compile_functions())) return result;
  complete_calls();
  return m3Err_none;
}

uptr engine_heap_end(void) { return heap_top; }
void engine_seal(uptr heap_end) { heap_limit = heap_end; }

void engine_begin(void *base, u32 *pages) {
  memory_header = (M3MemoryHeader *)base - 1;
  *pages = module->memoryInfo.initPages;
  runtime->memory = (M3Memory){memory_header, *pages, module->memoryInfo.maxPages ? module->memoryInfo.maxPages : 65536};
  *memory_header = (M3MemoryHeader){runtime, NULL, (size_t)*pages << 16};
}

void engine_place_data(void) {
  for (u32 i = 0; i < module->numDataSegments; i++) {
    M3DataSegment *segment = &module->dataSegments[i];
    memcpy(m3MemData(memory_header) + data_addresses[i], segment->data, segment->size);
  }
}

u32 engine_find_constant(const char *text) {
  u32 length = strlen(text);
  for (u32 i = 0; i < module->numDataSegments; i++) {
    M3DataSegment *segment = &module->dataSegments[i];
    for (u32 at = 0; at + length <= segment->size; at++)
      if (memcmp(segment->data + at, text, length) == 0) return data_addresses[i] + at;
  }
  return ~0u;
}

u32 engine_constant(u32 pointer) {
  for (u32 i = 0; i < module->numDataSegments; i++) {
    u32 offset = pointer - data_addresses[i];
    if (offset < module->dataSegments[i].size) return module->dataSegments[i].data[offset];
  }
  return 0;
}

engine_function engine_export(const char *name) { return v_FindFunction(module, name); }

engine_function engine_start_function(void) {
  return module->startFunction < 0 ? NULL : &module->functions[module->startFunction];
}

engine_function engine_table_function(u32 index, const char *arguments) {
  IM3Function function = index < module->table0Size ? module->table0[index] : NULL;
  if (!function || function->funcType->numRets != 0 || function->funcType->numArgs != strlen(arguments)) return NULL;
  for (u32 i = 0; arguments[i]; i++)
    if (function->funcType->types[i] != ConvertTypeCharToTypeId(arguments[i])) return NULL;
  return function;
}

u32 engine_arguments(engine_function function) { return function->funcType->numArgs; }

u32 engine_offset_before(const void *const *code) { return position_before(code).offset; }
FAST

bool engine_is_function(uptr address) {
  uptr offset = address - (uptr)module->functions;
  return offset < module->numFunctions * sizeof(M3Function) && offset % sizeof(M3Function) == 0;
}

void engine_call(engine_function function, u32 *stack) {
  u32 nowhere = 0; /* the first record of a stack: nobody of the module has called */
  M3MemoryHeader *_mem = memory_header;
  RECORDED_CALL(nowhere, function->compiled, stack);
}

SMALL
u32 engine_offset_of_operation(uptr behind, uptr pc) {
  struct position at = position_before((const void *const *)behind);
  /* An operation may already have read the address of the next one. */
  for (u32 i = 0; i < 2 && at.code; i++, at = position_before(at.code)) {
    uptr start = (uptr)*at.code;
    if (start <= pc && pc - start < 512) return at.offset;
  }
  return 0;
}
FAST
