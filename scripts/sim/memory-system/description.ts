/** What the header of everything says that was made from the model. */
import type { MemoryParameters } from "./parameters.ts";

export function describeModel({ name, l1, l2, dram, outstanding, banks }: MemoryParameters): string[] {
  const kib = (bytes: number) => `${bytes / 1024} KiB`;
  const controllers = banks.length === 1 ? "a DRAM controller" : `${banks.length} DRAM controllers`;
  return [
    `model: times of memory accesses are those of jh-inmate's model of ${name}, not a board's`,
    `modelled: L1 ${kib(l1.size)}, shared L2 ${kib(l2.size)} in ${l2.ways} ways (LRU, page colours), ${outstanding} lines in flight a CPU, ` +
      `${controllers} with a queue of ${dram.bandwidth} GB/s and ${dram.latency} ns`,
    "not modelled: TLBs, instruction fetches, the program's own variables, coherence, DRAM's banks and refresh, QoS (docs/memory-model.md)",
  ];
}
