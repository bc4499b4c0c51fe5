/* The registers that calls are held in. Of those that no access takes, Jailhouse prints these three. */
#pragma once

struct held_calls {
  u32 first, second, third;
};
#define HELD_CALLS(calls) ((struct held_calls){calls[0], calls[1], calls[2]})
#define HOLD(held) __asm__ volatile("" : "+b"(held.first), "+S"(held.second), "+D"(held.third))
