/* The registers that calls are held in: any, as Jailhouse prints all. */
#pragma once

struct held_calls {
  u64 two, third;
};
#define HELD_CALLS(calls) ((struct held_calls){(u64)calls[0] << 32 | calls[1], calls[2]})
#define HOLD(held) __asm__ volatile("" : "+r"(held.two), "+r"(held.third))
