import { rename, writeFile } from "node:fs/promises";

let serial = 0;

/** The file appears whole or not at all: others may be building the same, or starting it. */
export async function writeWhole(file: string, contents: Uint8Array | string): Promise<void> {
  const fresh = `${file}.${process.pid}-${serial++}`;
  await writeFile(fresh, contents);
  await rename(fresh, file);
}
