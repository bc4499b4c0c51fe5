/** The redistributors as a cell sees them (GICv3 spec 12.10, 12.11; jailhouse-abi 4.5). */
import { Access } from "../access.ts";
import { cpus } from "../cell.ts";
import * as jh from "../jh.ts";
import { ArmCell } from "./cells.ts";
import { PPI_TIMER, RESERVED } from "./gic.ts";
import { accessBytes, accessPairs } from "./gic-bits.ts";
import { GICR, GICR_STRIDE } from "./virt/machine.ts";

/** SGIs are always on, and nobody sees the monitor's timer. */
const WRITABLE: u32 = ~(RESERVED | 0xffff);
const READABLE: u32 = ~(1 << PPI_TIMER);

const CTLR: u64 = 0;
const IIDR: u64 = 4;
const TYPER_END: u64 = 0x10;
const WAKER: u64 = 0x14;
const IDENTIFICATION: u64 = 0xffd0;
const SGI_FRAME: u64 = 0x10000;

const IGROUPR0: u64 = SGI_FRAME + 0x80;
const ISENABLER0: u64 = SGI_FRAME + 0x100;
const IPRIORITYR: u64 = SGI_FRAME + 0x400;
const IPRIORITYR_END: u64 = SGI_FRAME + 0x420;
const ICFGR0: u64 = SGI_FRAME + 0xc00;
const ICFGR1: u64 = SGI_FRAME + 0xc04;
const REGISTER_MASK: u64 = ~(<u64>0x7f);

/** The window ends where TYPER.Last is: behind the machine's last CPU. */
export function size(): u64 {
  return cpus.length * GICR_STRIDE;
}

/** false: the access is a violation. */
export function emulate(cell: ArmCell, access: Access, offset: u64): bool {
  const owner = cpus[<u32>(offset / GICR_STRIDE)];
  const at = offset % GICR_STRIDE;
  const register = GICR + offset;
  // Everybody may look for his own: what tells the redistributors apart is readable of foreign ones, too.
  if ((at >= IIDR && at < TYPER_END) || (at >= IDENTIFICATION && at < SGI_FRAME)) {
    if (!access.write) access.value = jh.device_read(register, access.size);
    return true;
  }
  if (owner.cell == cell) {
    if (at >= SGI_FRAME) return emulateSgiFrame(access, register, at);
    if (at == CTLR || at == WAKER) {
      if (!access.write) access.value = jh.device_read(register, access.size);
      return true;
    }
  }
  // LPI tables would be memory accesses outside the cell; waking and sleeping is the monitor's.
  access.value = 0;
  return true;
}

function emulateSgiFrame(access: Access, register: u64, at: u64): bool {
  const base = at & REGISTER_MASK;
  if (base == IGROUPR0) {
    access.value = ~RESERVED;
    return true;
  }
  if (at >= IPRIORITYR && at < IPRIORITYR_END)
    return accessBytes(access, register, ~RESERVED >> <u32>(at - IPRIORITYR));
  if (at == ICFGR0) return accessPairs(access, register, ~RESERVED & 0xffff);
  if (at == ICFGR1) return accessPairs(access, register, ~RESERVED >> 16);
  // Enable, pending and active, each to set and to clear: only the first 32 interrupts are here.
  if (base >= ISENABLER0 && base < IPRIORITYR && at == base) {
    if (access.size != 4) return false;
    if (access.write) jh.device_write(register, access.value & WRITABLE, 4);
    else access.value = jh.device_read(register, 4) & READABLE;
    return true;
  }
  access.value = 0;
  return true;
}
