/** Names of functions, by their index, from a module's name section (Core Specification 2.0, 7.4.1). */
import type { Section } from "./module.ts";
import { Reader } from "./reader.ts";

const CUSTOM = 0;
const NAME_SECTION = "name";
const FUNCTION_NAMES = 1;

export function functionNames({ bytes, sections }: { bytes: Uint8Array; sections: readonly Section[] }) {
  const names = new Map<number, string>();
  for (const { id, start, end } of sections) {
    if (id !== CUSTOM) continue;
    const r = new Reader(bytes, "the module", start, end);
    if (r.name() !== NAME_SECTION) continue;
    while (r.at < end) {
      const kind = r.u8();
      const size = r.u32();
      const next = r.at + size;
      if (kind === FUNCTION_NAMES) r.list(() => names.set(r.u32(), r.name()));
      r.at = next;
    }
  }
  return names;
}
