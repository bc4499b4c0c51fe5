/* Short names for what Wasm and registers are made of. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef int16_t s16;
typedef uint32_t u32;
typedef int32_t s32;
typedef uint64_t u64;
typedef int64_t s64;
typedef uintptr_t uptr;
typedef float f32;
typedef double f64;

/* Inlined and without lines of its own: a fault in it has the position of the statement that uses it. */
#define ALWAYS static inline __attribute__((always_inline, nodebug, unused))
/* Code that runs once or talks to people: small, and not spread into what calls it. */
#define COLD __attribute__((cold, minsize))
#define NOINLINE __attribute__((noinline))
/* The user's own functions: for single-stepping they stay as they are written, each statement and variable by itself. */
#ifdef STEPPING
#define OWN __attribute__((optnone, noinline))
#define OWN_COLD OWN
#else
#define OWN
#define OWN_COLD COLD
#endif
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
/* Not for debuggers to show. */
#define NODEBUG __attribute__((nodebug))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)
