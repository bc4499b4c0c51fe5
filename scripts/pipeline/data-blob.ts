/**
 * The constant data of a module as one blob: wasm2c's copy per segment costs more code than the gaps between the segments cost bytes.
 */
import { forEachInstruction, type Module } from "./wasm/module.ts";

export interface DataBlob {
  /** Pointer of the first byte. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Gaps larger than this are not worth shipping as zeros: then wasm2c's segments stay. */
const MOST_GAP = 4096;

const MEMORY_INIT = 0xfc08;
const DATA_DROP = 0xfc09;

/** Even of segments that are placed at the start instructions may speak. */
function namesSegments(module: Module): boolean {
  let found = false;
  for (const body of module.bodies)
    forEachInstruction(module, body, (opcode) => {
      found ||= opcode === MEMORY_INIT || opcode === DATA_DROP;
    });
  return found;
}

/** undefined: the module needs its segments as such (passive ones, far apart). */
export function dataBlob(module: Module): DataBlob | undefined {
  if (namesSegments(module)) return undefined;
  const segments: { address: number; bytes: Uint8Array }[] = [];
  for (const { address, bytes } of module.data) {
    if (address === undefined) return undefined;
    segments.push({ address, bytes });
  }
  segments.sort((a, b) => a.address - b.address);
  const first = segments[0];
  if (!first) return { address: 0, bytes: new Uint8Array() };
  let end = first.address;
  for (const { address, bytes } of segments) {
    // Overlapping segments overwrite each other in the module's order, which sorting loses.
    if (address < end || address - end > MOST_GAP) return undefined;
    end = address + bytes.length;
  }
  const blob = new Uint8Array(end - first.address);
  for (const { address, bytes } of segments) blob.set(bytes, address - first.address);
  return { address: first.address, bytes: blob };
}
