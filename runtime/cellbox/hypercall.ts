/** Jailhouse's hypercalls, as far as a cell may use them (jailhouse-abi 3.7). */
import { Cell, CPU_FAILED, Cpu, cells, cpus, STAT_HYPERCALL, STATS } from "./cell.ts";
import { FLAG_PUTC_ACTIVE, FLAG_PUTC_PERMITTED } from "./cell-file.ts";
import * as consoles from "./consoles.ts";
import { machine } from "./machine.ts";
import { pagesAll, pagesUsed } from "./pool.ts";
import * as run from "./run.ts";

const HYPERVISOR_GET_INFO: u64 = 5;
const CPU_GET_INFO: u64 = 7;
const DEBUG_CONSOLE_PUTC: u64 = 8;

const INFO_MEM_POOL_SIZE: u64 = 0;
const INFO_MEM_POOL_USED: u64 = 1;
const INFO_REMAP_POOL_SIZE: u64 = 2;
const INFO_REMAP_POOL_USED: u64 = 3;
const INFO_NUM_CELLS: u64 = 4;

const CPU_INFO_STATE: u64 = 0;
const CPU_INFO_STAT_BASE: u64 = 1000;
const STAT_MASK: i64 = 0x7fffffff;
const STATE_RUNNING: i64 = 0;
const STATE_FAILED: i64 = 2;

export const EPERM: i64 = -1;
export const EINVAL: i64 = -22;
export const ENOSYS: i64 = -38;

/** The number that the caller finds in its result register. */
export function call(cpu: Cpu, cell: Cell, code: u64, arg1: u64, arg2: u64): i64 {
  cpu.count(STAT_HYPERCALL);
  if (code == HYPERVISOR_GET_INFO) return hypervisorInfo(arg1);
  if (code == CPU_GET_INFO) return cpuInfo(cell, arg1, arg2);
  if (code == DEBUG_CONSOLE_PUTC) return putCharacter(cell, <u32>arg1);
  // What is left below is the root cell's: disabling, creating, starting, loading, destroying and querying cells.
  return code < DEBUG_CONSOLE_PUTC ? EPERM : machine.call(cpu, cell, code, arg1, arg2);
}

/** Pages that the board reserves for the hypervisor, those in use; the root cell counts, too. */
function hypervisorInfo(type: u64): i64 {
  if (type == INFO_MEM_POOL_SIZE) return run.hypervisorMemory() >> 12;
  if (type == INFO_MEM_POOL_USED) return pagesUsed();
  if (type == INFO_REMAP_POOL_SIZE) return pagesAll();
  if (type == INFO_REMAP_POOL_USED) return 0;
  if (type == INFO_NUM_CELLS) return cells.length + 1;
  return EINVAL;
}

function cpuInfo(cell: Cell, index: u64, type: u64): i64 {
  if (index >= <u64>cpus.length) return EINVAL;
  const cpu = cpus[<u32>index];
  if (cpu.cell != cell) return EPERM;
  if (type == CPU_INFO_STATE) return cpu.state == CPU_FAILED ? STATE_FAILED : STATE_RUNNING;
  if (type - CPU_INFO_STAT_BASE < STATS) return cpu.stats[<u32>(type - CPU_INFO_STAT_BASE)] & STAT_MASK;
  return EINVAL;
}

/** To where the cell's own output goes, too. */
function putCharacter(cell: Cell, character: u32): i64 {
  if ((cell.file.flags & (FLAG_PUTC_PERMITTED | FLAG_PUTC_ACTIVE)) == 0) return EPERM;
  consoles.send(cell, character);
  return 0;
}
