/* The registers that calls are held in, as constraints: of those that no access takes, Jailhouse prints these three. */
#pragma once

#define HOLD_FIRST "+b"
#define HOLD_SECOND "+S"
#define HOLD_THIRD "+D"
