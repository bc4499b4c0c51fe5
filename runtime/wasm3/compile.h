/* wasm3's compiler, with two functions of our own in the place of those that are wrong in release 0.5.0 (both found by fuzzing, test/semantics has
 * what they break). m3_compile.c defines and calls each of them: the macros tell both apart by the first word, which is `IM3Compilation` or `o`.
 * Should another release write them in another way, this does not compile. */
#pragma once

/* Where a branch or the end of a block takes its values to. The last value, if it is a float, goes into a register, and the others go into slots;
 * wasm3 forgets that there is one less of those. With more values on the stack than the block gives, it copies one of them over another, or out of
 * the stack. */
#define ResolveBlockResults(o, block, is_branch) RESOLVE_##o, block, is_branch)
#define RESOLVE_IM3Compilation wasm3_resolve_block_results(IM3Compilation
#define RESOLVE_o own_resolve_block_results(o
static M3Result own_resolve_block_results(IM3Compilation o, IM3CompilationScope block, bool is_branch);

/* One more value of the stack is in the slot of a local's old value, as its `i`th is. Values of 64 bits have two slots: wasm3 counts for the first
 * one only, and the second is free while it is still in use, and in use for ever when it is free. */
#define IncrementSlotUsageCount(o, slot) INCREMENT_##o, slot)
#define INCREMENT_IM3Compilation wasm3_increment_slot_usage(IM3Compilation
#define INCREMENT_o own_increment_slot_usage(GetStackTypeFromBottom(o, i), o
static M3Result own_increment_slot_usage(u8 type, IM3Compilation o, u16 slot);

#include "m3_compile.c"

static M3Result own_resolve_block_results(IM3Compilation o, IM3CompilationScope block, bool is_branch) {
  bool continues = is_branch && block->opcode == c_waOp_loop;
  u16 params = GetFuncTypeNumParams(block->type), count = GetFuncTypeNumResults(block->type);
  if (continues || count == 0 || !IsFpType(GetStackTopType(o))) return wasm3_resolve_block_results(o, block, is_branch);
  u16 height = GetNumBlockValuesOnStack(o);
  if (is_branch ? height < count : height != count) return m3Err_typeCountMismatch;
  u16 top = GetStackTopIndex(o), free_slot = o->maxStackSlots;
  M3Result result = CopyStackTopToRegister(o, false);
  AlignSlotToType(&free_slot, c_m3Type_i64);
  return result ? result : CopyStackSlotsR(o, block->exitStackIndex + params, top + 1 - count, top, free_slot);
}

static M3Result own_increment_slot_usage(u8 type, IM3Compilation o, u16 slot) {
  M3Result result = m3Err_none;
  for (u16 n = 0; !result && n < GetTypeNumSlots(type); n++) result = wasm3_increment_slot_usage(o, slot + n);
  return result;
}
