/* The registers that calls are held in, as constraints: any, as Jailhouse prints all. */
#pragma once

#define HOLD_FIRST "+r"
#define HOLD_SECOND "+r"
