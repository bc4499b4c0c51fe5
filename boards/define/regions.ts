/** The two kinds of regions that nearly every list of memory is made of. */
import type { MemoryFlag } from "../format/words.ts";
import type { Size } from "./sizes.ts";
import type { MemorySpec } from "./specs.ts";

type Place = { readonly address: Size; readonly physical?: Size; readonly size: Size };

/** A device's registers: the cell reads and writes them, as device memory. */
export function io({ address, physical, size }: Place, ...more: readonly MemoryFlag[]): MemorySpec {
  return { address, ...(physical !== undefined && { physical }), size, flags: ["read", "write", "io", ...more] };
}

/** Memory for code and data. */
export function ram({ address, physical, size }: Place, ...more: readonly MemoryFlag[]): MemorySpec {
  return { address, ...(physical !== undefined && { physical }), size, flags: ["read", "write", "execute", ...more] };
}
