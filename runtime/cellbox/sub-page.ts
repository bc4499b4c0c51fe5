/** Regions that are not made of whole pages: width and alignment of each access are checked (jailhouse-abi 1.4). */
import { Access } from "./access.ts";
import { CellFile, MEMORY_IO_8, MEMORY_IO_UNALIGNED } from "./cell-file.ts";

export function isGranted(file: CellFile, region: i32, access: Access): bool {
  const flags = file.regionFlags(region);
  if ((flags & (MEMORY_IO_8 << ctz(access.size))) == 0) return false;
  // As real Jailhouse, by the place in the region.
  const offset = access.address - file.regionAddress(region);
  if ((offset & (access.size - 1)) != 0 && (flags & MEMORY_IO_UNALIGNED) == 0) return false;
  return offset + access.size <= file.regionSize(region);
}
