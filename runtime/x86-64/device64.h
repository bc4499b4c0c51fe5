/* Device accesses of 64 bits. */
#pragma once
DEFINE_DEVICE(64, u64, "q", "q")
