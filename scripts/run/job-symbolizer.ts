import { elfSymbolizer } from "./symbolizer.ts";
import type { Symbolize } from "./symbols.ts";
import type { CellJob } from "./target.ts";
import { wasmSymbolizer } from "./wasm-symbolizer.ts";

/** Names the addresses in the reports of a job's program; undefined: nothing is known of it. */
export function jobSymbolizer({ elf, module }: Pick<CellJob, "elf" | "module">): Symbolize | undefined {
  if (module) return wasmSymbolizer(module.wasm, module.map);
  return elf === undefined ? undefined : elfSymbolizer(elf);
}
