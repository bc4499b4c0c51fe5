/* wasm3 prints in its debug builds only. */
#pragma once
