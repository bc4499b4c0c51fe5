/** NAME.wasm.img: a module behind the header by which `wasm3.bin` knows its cell and its program (runtime/wasm3/module-image.h). */
import { crc32 } from "node:zlib";
import { Reader } from "../wasm/reader.ts";
import { withoutDeadCode } from "./dead-code.ts";

export const MODULE_MAGIC = 0x3357484a;
export const MODULE_VERSION = 1;
const CUSTOM = 0;

/** The words of the header, in their order. */
export const HEADER = [
  "magic",
  "version",
  "crc",
  "length",
  "ram",
  "ram_check",
  "null_pages",
  "main_stack",
  "more_cpus",
  "fuel",
] as const;
export type HeaderField = (typeof HEADER)[number];

export interface ModulePlan {
  /** Bytes of the cell's RAM from the reset address on. */
  readonly ram: number;
  readonly nullPages: number;
  readonly mainStack: number;
  readonly moreCpus: number;
  /** Calls and turns of loops that a handler may take; 0: no limit. */
  readonly fuel: number;
}

export function moduleImage(wasm: Uint8Array, plan: ModulePlan): Uint8Array {
  const module = withoutDeadCode(withoutNames(wasm), "the module");
  const words: Record<HeaderField, number> = {
    magic: MODULE_MAGIC,
    version: MODULE_VERSION,
    crc: 0,
    length: module.length,
    ram: plan.ram,
    ram_check: ~plan.ram >>> 0,
    null_pages: plan.nullPages,
    main_stack: plan.mainStack,
    more_cpus: plan.moreCpus,
    fuel: plan.fuel,
  };
  const bytes = new Uint8Array(HEADER.length * 4 + module.length);
  const view = new DataView(bytes.buffer);
  for (const [i, field] of HEADER.entries()) view.setUint32(4 * i, words[field], true);
  bytes.set(module, HEADER.length * 4);
  view.setUint32(4 * HEADER.indexOf("crc"), crc32(bytes.subarray(4 * HEADER.indexOf("length"))), true);
  return bytes;
}

/** Without the custom sections at the end: names, which stay on the host. Offsets of code stay as they are. */
export function withoutNames(wasm: Uint8Array): Uint8Array {
  const file = new Reader(wasm, "the module", 8);
  let end = file.at;
  while (file.at < file.end) {
    const id = file.u8();
    file.skip(file.u32());
    if (id !== CUSTOM) end = file.at;
  }
  return wasm.subarray(0, end);
}
