/* Around the frame record of an interrupt (x86-32/vectors.S): its vector and EAX below, what the CPU pushed above, on the interrupted stack. */
#pragma once
#define SAVED_BELOW_RECORD 2
#define STACK_ABOVE_RECORD(record) (uptr)((record) + 4)
