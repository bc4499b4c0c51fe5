/** What the host asks for: the file opt/jh-inmate/run (scripts/run/cellbox-job.ts writes it). */
import * as fwCfg from "./fw-cfg.ts";
import * as jh from "./jh.ts";
import { machine } from "./machine.ts";
import { allocate } from "./pool.ts";

const NEVER: u64 = u64.MAX_VALUE;
const FLAG_HOLD: u32 = 1;
const FLAG_WRONG_REVISION: u32 = 4;
const FLAG_RT: u32 = 2;
const HEADER_SIZE: u64 = 120;

let base: u64 = 0;

/** false: QEMU was not started by our host side. */
export function open(): bool {
  fwCfg.open();
  const file = fwCfg.find("opt/jh-inmate/run");
  if (file < 0) return false;
  base = allocate(fwCfg.size(file));
  return fwCfg.load(file, base);
}

export function cells(): u32 {
  return jh.load32(base);
}
/** CPUs of the machine. */
export function cpus(): u32 {
  return jh.load32(base + 4);
}
/** Ends only when told or when the time is over, not when all cells have ended. */
export function holds(): bool {
  return (jh.load32(base + 8) & FLAG_HOLD) != 0;
}
/** The monitor is the real-time fork: cells turn on FP and SIMD themselves, have hypercalls 10 to 12, and share the PMU with MemGuard. */
export function isRt(): bool {
  return (jh.load32(base + 8) & FLAG_RT) != 0;
}
/** The comm region says a revision that no inmate knows: for tests. */
export function wrongRevision(): bool {
  return (jh.load32(base + 8) & FLAG_WRONG_REVISION) != 0;
}
/** Counter value, or all ones for never. */
export function deadline(started: u64): u64 {
  return after(started, jh.load64(base + 16));
}
export function shutdownTime(started: u64): u64 {
  return after(started, jh.load64(base + 24));
}
/** Base of PCI's configuration space, as the cell sees it; 0: the board has none. */
export function pciConfigBase(): u64 {
  return jh.load64(base + 32);
}
/** Its bytes: 1 MiB a bus. */
export function pciConfigSize(): u64 {
  return (<u64>jh.load32(base + 12) + 1) << 20;
}
/** Word of the board's that only this machine knows, 0 to 7. */
export function boardWord(index: u32): u64 {
  return jh.load64(base + 48 + 8 * index);
}
/** Bytes that the board's system configuration reserves for the hypervisor. */
export function hypervisorMemory(): u64 {
  return jh.load64(base + 40);
}
/** Pages of a way of the board's last cache; 0: it does not say. */
export function colors(): u64 {
  return jh.load64(base + 112);
}
export function images(cell: u32): u32 {
  return jh.load32(base + HEADER_SIZE + 8 * cell);
}
/** Cell address of an image, counted over all cells. */
export function imageAddress(index: u32): u64 {
  return jh.load64(base + HEADER_SIZE + 8 * (cells() + index));
}

function after(started: u64, milliseconds: u64): u64 {
  return milliseconds == NEVER ? NEVER : started + (milliseconds * machine.hz()) / 1000;
}
