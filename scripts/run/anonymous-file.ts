import { openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let serial = 0;

/** The descriptor of a file that has no name any more: nothing is left behind, whatever becomes of us. */
export function anonymousFile(bytes: Uint8Array): number {
  const path = join(tmpdir(), `jh-inmate-${process.pid}-${serial++}`);
  const file = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  // At position 0, so that whoever shares the descriptor reads from the start.
  if (bytes.length > 0) writeSync(file, bytes, 0, bytes.length, 0);
  return file;
}
