/* What an interpreter is given: modules and calls in 64-bit words of the machine's order.
 *
 *   words   what
 *   1       bytes of the module, 0: there is no more
 *   n       the module, filled up
 *   1       number of entries
 *   3 each  its arity; its name, 15 bytes at most, ended by 0
 *   …       number of an entry, its arguments, and so on; END_OF_CALLS */
#pragma once

#define END_OF_CALLS (~0ull)
enum { ENTRY_WORDS = 3, MOST_ENTRIES = 512, MOST_ARGUMENTS = 16 };
