/** NAME.wasm.debug, beside NAME.wasm.img: what names the offsets in the reports of that module, as an ELF file does for an image. */
import { readFile } from "node:fs/promises";
import { messageOf, UserError } from "../../errors.ts";
import type { SourceMap } from "../wasm/markers.ts";

export interface NamedModule {
  /** With the names of its functions; the image has the same module without. */
  readonly wasm: Uint8Array;
  readonly map: SourceMap | undefined;
}

export function debugFile({ wasm, map }: NamedModule): string {
  return `${JSON.stringify({ wasm: Buffer.from(wasm).toString("base64"), map })}\n`;
}

/** @throws UserError if it cannot be read. */
export async function readDebugFile(path: string): Promise<NamedModule> {
  try {
    const { wasm, map } = JSON.parse(await readFile(path, "utf8")) as { wasm: string; map?: SourceMap };
    return { wasm: Buffer.from(wasm, "base64"), map };
  } catch (error) {
    throw new UserError(`${path}: ${messageOf(error)}; build the program again`);
  }
}
