/* The constant data of the module, which the build has put into one piece. */
#pragma once

/* A byte of it as it was at the start. A module whose data is no single piece has none apart from linear memory. */
ALWAYS u32 constant_data(u32 pointer) { return DATA_BYTES ? data_blob[pointer - DATA_ADDRESS] : *(const u8 *)LINEAR(pointer); }

static COLD void restore_data(void) { __builtin_memcpy(LINEAR(DATA_ADDRESS), data_blob, DATA_BYTES); }
