/** The page behind the comm region, whose last eight bytes are the comm region's last, but trap (jailhouse-abi 5.14). */
import { Access } from "../access.ts";
import { FLAG_TEST_DEVICE, MEMORY_COMM_REGION } from "../cell-file.ts";
import * as jh from "../jh.ts";
import { PcCell } from "./cells.ts";

const PAGE: u64 = 0x1000;
const REGISTER: u64 = 0xff8;

export function covers(cell: PcCell, address: u64): bool {
  const region = cell.file.regionAt(address - PAGE);
  if ((cell.file.flags & FLAG_TEST_DEVICE) == 0 || region < 0) return false;
  return (cell.file.regionFlags(region) & MEMORY_COMM_REGION) != 0;
}

/** false: there is nothing else in the page. */
export function emulate(cell: PcCell, access: Access): bool {
  const offset = access.address & (PAGE - 1);
  if (offset < REGISTER || !access.isAligned()) return false;
  if (access.write) jh.device_write(cell.comm + offset, access.value, access.size);
  else access.value = jh.device_read(cell.comm + offset, access.size);
  return true;
}
