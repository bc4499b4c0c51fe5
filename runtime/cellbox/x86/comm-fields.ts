/** The x86 part of the comm region (jailhouse-abi 2). */
import { Cell, cpus } from "../cell.ts";
import * as jh from "../jh.ts";
import { boardWord } from "../run.ts";
import { tscKhz } from "./clock.ts";

const PM_TIMER: u64 = 64;
const CPUS: u64 = 66;
const TSC_KHZ: u64 = 68;
const APIC_KHZ: u64 = 72;

export function fill(cell: Cell): void {
  let count: u32 = 0;
  for (let i = 0; i < cpus.length; i++) if (cpus[i].cell == cell) count++;
  jh.store16(cell.comm + PM_TIMER, <u32>boardWord(0));
  jh.store16(cell.comm + CPUS, count);
  jh.store32(cell.comm + TSC_KHZ, <u32>tscKhz());
  jh.store32(cell.comm + APIC_KHZ, <u32>boardWord(2));
}
