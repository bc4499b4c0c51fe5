/**
 * WFE, as hardware has it (Arm ARM D1.6, "Wait For Event"). QEMU runs it as a NOP and never lets EL2 trap it, so a cell that waits by WFE would
 * keep a core of the host busy, and crawl under `-icount`. The SDK's `wait_event` is preceded by a hint that means nothing to a CPU
 * (runtime/arm64/intrinsics.h): where both stand in an image, an HVC takes the place of the WFE when it is loaded.
 */
import { CPU_OFF, cpus } from "../cell.ts";
import { CellFile } from "../cell-file.ts";
import * as jh from "../jh.ts";
import { ArmCell, ArmCpu } from "./cells.ts";
import { CNTKCTL_EL1 } from "./registers.ts";
import { sleepUntil } from "./timer.ts";

/** Of the HVC that stands for WFE. */
export const HVC_WAIT_EVENT: u64 = 0x5746;

/** HINT #0x6a */
const MARK: u32 = 0xd5032d5f;
const WFE: u32 = 0xd503205f;
const HVC: u32 = 0xd4000002 | ((<u32>HVC_WAIT_EVENT) << 5);

/** CNTKCTL_EL1: an event each 2^(EVNTI + 1) counts, if EVNTEN. */
const EVNTEN: u64 = 4;
const EVNTI_SHIFT: u64 = 4;
/** Microseconds without event stream. */
const LONGEST: u64 = 10000;
/**
 * Microseconds while another CPU may send an event, which nobody sees: short at first, then twice as long each time, as long as the program does
 * nothing but look and wait again.
 */
const FIRST_AMONG_CPUS: u64 = 20;
const LONGEST_AMONG_CPUS: u64 = 1280;
const LOOK: u64 = 50;

/** In what was loaded to these cell addresses. Instructions lie at multiples of four. */
export function replaceIn(file: CellFile, region: u32, start: u64, end: u64): void {
  let before: u32 = 0;
  let page: u64 = 0;
  for (let at = (start + 3) & ~3; at + 4 <= end; at += 4) {
    if (page == 0 || (at & 0xfff) == 0) page = file.physicalIn(region, at & ~0xfff);
    const place = page + (at & 0xfff);
    const word = jh.load32(place);
    if (word == WFE && before == MARK) jh.store32(place, HVC);
    before = word;
  }
}

/** The return from an interrupt is an event, too: a flag that its handler set just before the WFE is not missed. */
export function emulate(cpu: ArmCpu, cell: ArmCell): void {
  const now = jh.counter();
  const idle = !cpu.event && now - cpu.woken < counts(LOOK);
  cpu.patience = idle ? min(2 * cpu.patience, LONGEST_AMONG_CPUS) : FIRST_AMONG_CPUS;
  if (cpu.event) {
    cpu.event = false;
    return;
  }
  const control = jh.register_read(CNTKCTL_EL1);
  let until = now + counts(LONGEST);
  if ((control & EVNTEN) != 0) until = min(until, (now | (((<u64>2) << ((control >> EVNTI_SHIFT) & 15)) - 1)) + 1);
  if (runsOthers(cpu, cell)) until = min(until, now + counts(cpu.patience));
  sleepUntil(until);
  cpu.woken = jh.counter();
}

function runsOthers(cpu: ArmCpu, cell: ArmCell): bool {
  for (let i = 0; i < cpus.length; i++) {
    if (cpus[i].cell == cell && cpus[i] != cpu && cpus[i].state != CPU_OFF) return true;
  }
  return false;
}

function counts(us: u64): u64 {
  return (us * jh.counter_hz()) / 1000000;
}
