/* wasm3 has assertions of its own. */
#pragma once
