/** The regular files of a compressed archive in the format of tar (POSIX.1-2017, pax, "ustar Interchange Format"). */
import { gunzipSync } from "node:zlib";

export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const REGULAR = ["0", ""];

export function untar(archive: Uint8Array): ArchiveFile[] {
  const tar = gunzipSync(archive);
  const files: ArchiveFile[] = [];
  // Two blocks of zeros end it, a size follows each header.
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const field = (offset: number, length: number) =>
      tar.toString("latin1", at + offset, at + offset + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    const start = at + BLOCK;
    if (REGULAR.includes(field(156, 1))) files.push({ path: field(0, 100), bytes: tar.subarray(start, start + size) });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
