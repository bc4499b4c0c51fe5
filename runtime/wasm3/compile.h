/* wasm3's compiler, with functions of our own in the place of those that are wrong in release 0.5.0 (found by fuzzing, test/semantics has what
 * they break). Those that m3_compile.c defines itself and calls are told apart by the first word, which is `IM3Compilation` or `o`.
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

/* Moves several values at once to the slots where a block's results belong. A value of 64 bits may go where two of 32 bits still are: wasm3 saves one
 * of them. */
#define CopyStackSlotsR(o, target_index, index, end, free_slot) COPY_##o, target_index, index, end, free_slot)
#define COPY_IM3Compilation wasm3_copy_stack_slots(IM3Compilation
#define COPY_o own_copy_stack_slots(o
static M3Result own_copy_stack_slots(IM3Compilation o, u16 target_index, u16 index, u16 end, u16 free_slot);

/* The values of a branch are moved where it is taken. If the float register has another value then, wasm3 moves that out of the way there, too,
 * and takes it for moved where the branch is not taken, or goes elsewhere. So it is moved before: br_if begins with an operation of its own, and
 * br_table moves its index first. */
#define EmitOp(o, operation) own_emit(o, operation)
static M3Result own_emit(IM3Compilation o, IM3Operation operation);
#define PreserveRegisterIfOccupied(o, type) PRESERVE_##o, type)
#define PRESERVE_IM3Compilation wasm3_preserve_register(IM3Compilation
#define PRESERVE_o own_preserve_register(o
static M3Result own_preserve_register(IM3Compilation o, u8 type);

/* A block's parameters belong to it alone: a loop writes them anew, and when they are used up their slots are free. wasm3 lets them share a slot with
 * each other and with what lies below, if they are the same local. */
#define PreserveArgsAndLocals(o) SEPARATE_##o)
#define SEPARATE_IM3Compilation wasm3_preserve_locals(IM3Compilation
#define SEPARATE_o own_preserve_locals(o
static M3Result own_preserve_locals(IM3Compilation o);

#include "m3_compile.c"
#undef EmitOp

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

/* On the stack's top is the condition or index, below it the branch's last value, which may stay. */
static M3Result free_float_register(IM3Compilation o) {
  if (!IsRegisterAllocated(o, true) || GetRegisterStackIndex(o, true) + 1 == GetStackTopIndex(o)) return m3Err_none;
  return wasm3_preserve_register(o, c_m3Type_f64);
}

static M3Result own_emit(IM3Compilation o, IM3Operation operation) {
  bool begins_branch = operation == op_BranchIfPrologue_r || operation == op_BranchIfPrologue_s;
  M3Result result = begins_branch ? free_float_register(o) : m3Err_none;
  return result ? result : EmitOp(o, operation);
}

static M3Result own_preserve_register(IM3Compilation o, u8 type) {
  M3Result result = *o->lastOpcodeStart == c_waOp_branchTable ? free_float_register(o) : m3Err_none;
  return result ? result : wasm3_preserve_register(o, type);
}

/* Gives a value that shares its slot one of its own. */
static M3Result separate(IM3Compilation o, u16 i) {
  u16 shared = GetSlotForStackIndex(o, i), slot = c_slotUnused;
  u8 type = GetStackTypeFromBottom(o, i);
  if (IsStackIndexInRegister(o, i) || IsConstantSlot(o, shared) || o->m3Slots[shared] == 1) return m3Err_none;
  M3Result result = AllocateSlots(o, &slot, type);
  if (!result) result = CopyStackIndexToSlot(o, slot, i);
  if (result) return result;
  DeallocateSlot(o, shared, type);
  o->wasmStack[i] = slot;
  return m3Err_none;
}

/* Comes before a block, a loop, or an if, which has its condition above the parameters. */
static M3Result own_preserve_locals(IM3Compilation o) {
  IM3FuncType block = NULL;
  bytes_t type_at = o->wasm;
  M3Result result = wasm3_preserve_locals(o);
  if (!result) result = ReadBlockType(o, &block);
  o->wasm = type_at;
  if (result || IsStackPolymorphic(o)) return result;
  u16 end = GetStackTopIndex(o) + 1 - (*o->lastOpcodeStart == c_waOp_if);
  for (u16 i = end - GetFuncTypeNumParams(block); i < end && !result; i++) result = separate(o, i);
  return result;
}

static M3Result own_increment_slot_usage(u8 type, IM3Compilation o, u16 slot) {
  M3Result result = m3Err_none;
  for (u16 n = 0; !result && n < GetTypeNumSlots(type); n++) result = wasm3_increment_slot_usage(o, slot + n);
  return result;
}

/* Whether value number `i` of those from `first` on is where one of the values before it goes. */
static bool is_in_the_way(IM3Compilation o, u16 target_index, u16 first, u16 i) {
  u16 at = GetSlotForStackIndex(o, i), end = at + GetTypeNumSlots(GetStackTypeFromBottom(o, i));
  for (u16 n = first; n < i; n++) {
    u16 target = GetSlotForStackIndex(o, target_index + n - first), width = GetTypeNumSlots(GetStackTypeFromBottom(o, n));
    if (target != GetSlotForStackIndex(o, n) && target < end && at < target + width) return true;
  }
  return false;
}

static M3Result own_copy_stack_slots(IM3Compilation o, u16 target_index, u16 index, u16 end, u16 free_slot) {
  u16 count = index < end ? end - index : 0, slots[count + 1];
  M3Result result = m3Err_none;
  for (u16 i = 0; i < count; i++) slots[i] = GetSlotForStackIndex(o, index + i);
  for (u16 i = index; i < end && !result; i++) {
    if (IsStackIndexInRegister(o, i) || !is_in_the_way(o, target_index, index, i)) continue;
    if (free_slot + 1 >= d_m3MaxFunctionSlots) return m3Err_functionStackOverflow;
    result = CopyStackIndexToSlot(o, free_slot, i);
    o->wasmStack[i] = free_slot;
    free_slot += GetTypeNumSlots(c_m3Type_i64);
    TouchSlot(o, free_slot - 1);
  }
  for (u16 i = index; i < end && !result; i++) {
    u16 target = GetSlotForStackIndex(o, target_index + i - index);
    if (target != GetSlotForStackIndex(o, i)) result = CopyStackIndexToSlot(o, target, i);
  }
  for (u16 i = 0; i < count; i++) o->wasmStack[index + i] = slots[i];
  return result;
}
