/* Codes of faults. `sdk/fault-kinds.ts` has the same numbers, `sdk/fault.ts` the words. */
#pragma once

#define TRAP_UNREACHABLE 1
#define TRAP_DIV_BY_ZERO 2
#define TRAP_INT_OVERFLOW 3
#define TRAP_INVALID_CONVERSION 4
#define TRAP_CALL_INDIRECT 5
#define TRAP_MEMORY 6
#define TRAP_ABORT 7
#define FAULT_NULL 8
#define FAULT_OUT_OF_MEMORY 9
#define FAULT_STACK_MAIN 10
#define FAULT_STACK_HANDLER 11
#define FAULT_UNMAPPED 12
#define FAULT_MISALIGNED 13
#define FAULT_UNDEFINED 14
#define FAULT_JUMP 15
#define FAULT_SERROR 16
#define FAULT_UNEXPECTED 17
#define FAULT_INTERRUPT 18
#define FAULT_COMM_REGION 19
#define TRAP_PANIC 20
#define TRAP_TABLE 21
#define FAULT_STACK_CPU 22
#define FAULT_IN_REPORT 23
#define FAULT_FUEL 24 /* wasm3 only, which has the words itself */
