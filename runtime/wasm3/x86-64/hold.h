/* The registers that calls are held in. Of those that no access takes, Jailhouse prints these three. */
#pragma once

struct held_calls {
  u64 two, third;
};
#define HELD_CALLS(calls) ((struct held_calls){(u64)calls[0] << 32 | calls[1], calls[2]})
#define HOLD(held) __asm__ volatile("" : "+b"(held.two), "+S"(held.third))
