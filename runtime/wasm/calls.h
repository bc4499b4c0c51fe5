/* Function references: what AssemblyScript passes is an index into the module's table. The build defines, when the module has a table,
 * TABLE_CODE, TABLE_TYPE and TABLE_SIZE, and the type ids of `() => void` and `(u32) => void`. */
#pragma once

#ifdef TABLE_CODE
/* The code of a `() => void`, or a fault. An image lies below 2 MiB, so its addresses fit in 32 bits. */
INTRINSIC(u32, resolve, u32 fn) {
  if (UNLIKELY(fn >= TABLE_SIZE || TABLE_TYPE[fn] != TYPE_VOID_FUNCTION)) trap(TRAP_CALL_INDIRECT);
  return (u32)(u64)TABLE_CODE[fn];
}
#ifdef USES_irq_entry
INTRINSIC(void, irq_entry, u32 fn) { irq_handler = (wasm_fn)(u64)jh_resolve(fn); }
#endif
#ifdef USES_vector_entry
INTRINSIC(void, vector_entry, u32 fn) {
  if (UNLIKELY(fn >= TABLE_SIZE || TABLE_TYPE[fn] != TYPE_VECTOR_FUNCTION)) trap(TRAP_CALL_INDIRECT);
  irq_handler = (vector_fn)TABLE_CODE[fn];
}
#endif
#endif
INTRINSIC(void, invoke, u32 code) { ((wasm_fn)(u64)code)(); }
