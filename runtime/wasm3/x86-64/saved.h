/* Around the frame record of an interrupt (x86-64/vectors.S): its vector and nine registers below, what the CPU pushed above. */
#pragma once
#define SAVED_BELOW_RECORD 10
#define STACK_ABOVE_RECORD(record) (record)[4]
