/** PSCI 1.1 by SMC for the CPUs of a cell (Arm DEN 0022; jailhouse-abi 3.6). */
import { isOff } from "../cell.ts";
import * as jh from "../jh.ts";
import { ArmCell, ArmCpu, cpuWithAffinity, STAT_PSCI, turnOn } from "./cells.ts";
import { register, setRegister } from "./frame.ts";
import { gic } from "./gic.ts";
import { isPending } from "./virtual-interrupts.ts";

const VERSION: u32 = 0x84000000;
const CPU_SUSPEND: u32 = 0x84000001;
const CPU_OFF_CALL: u32 = 0x84000002;
const CPU_ON: u32 = 0x84000003;
const AFFINITY_INFO: u32 = 0x84000004;
const FEATURES: u32 = 0x8400000a;
const SMCCC_VERSION: u32 = 0x80000000;
/** Numbers of U-Boot before PSCI 0.2. */
const OLD_CPU_OFF: u32 = 0x95c1ba5f;
const OLD_CPU_ON: u32 = 0x95c1ba60;
/** Bit 30: arguments have 64 bits. */
const SMC64: u32 = 0x40000000;

const LOW: u64 = 0xffffffff;
const VERSION_1_1: i64 = 0x10001;

const SUCCESS: i64 = 0;
const NOT_SUPPORTED: i64 = -1;
const DENIED: i64 = -3;
const ALREADY_ON: i64 = -4;
const INFO_ON: i64 = 0;
const INFO_OFF: i64 = 1;

/** true: the CPU turns itself off. */
export function call(cpu: ArmCpu, cell: ArmCell, frame: u64): bool {
  cpu.count(STAT_PSCI);
  const id = <u32>register(frame, 0);
  const fn = basic(id);
  if (fn == CPU_OFF_CALL || fn == OLD_CPU_OFF) return true;
  const mask = (id & SMC64) != 0 ? u64.MAX_VALUE : LOW;
  setRegister(frame, 0, <u64>answer(cell, frame, fn, mask));
  return false;
}

function answer(cell: ArmCell, frame: u64, fn: u32, mask: u64): i64 {
  const argument = register(frame, 1) & mask;
  if (fn == VERSION) return VERSION_1_1;
  if (fn == FEATURES) return features(<u32>argument);
  if (fn == CPU_SUSPEND) return suspend();
  if (fn == CPU_ON || fn == OLD_CPU_ON) return on(cell, argument, register(frame, 2) & mask, register(frame, 3) & mask);
  if (fn == AFFINITY_INFO) return affinityInfo(cell, argument);
  return NOT_SUPPORTED;
}

/** The number without the mark of 64-bit arguments, where both exist. */
function basic(id: u32): u32 {
  const fn = id & ~SMC64;
  return fn == CPU_SUSPEND || fn == CPU_ON || fn == AFFINITY_INFO ? fn : id;
}

function features(id: u32): i64 {
  const fn = basic(id);
  const known =
    fn == VERSION ||
    fn == CPU_SUSPEND ||
    fn == CPU_OFF_CALL ||
    fn == CPU_ON ||
    fn == AFFINITY_INFO ||
    fn == FEATURES ||
    fn == SMCCC_VERSION;
  return known ? SUCCESS : NOT_SUPPORTED;
}

/** A WFI that keeps everything; the cell takes its interrupt when it goes on. */
function suspend(): i64 {
  if (!isPending()) jh.wait_interrupt();
  return SUCCESS;
}

function on(cell: ArmCell, affinity: u64, entry: u64, context: u64): i64 {
  const target = cpuWithAffinity(affinity);
  if (target == null || target.cell != cell) return DENIED;
  if (!turnOn(target, entry, context)) return ALREADY_ON;
  gic.kick(target);
  return SUCCESS;
}

function affinityInfo(cell: ArmCell, affinity: u64): i64 {
  const target = cpuWithAffinity(affinity);
  if (target == null || target.cell != cell) return DENIED;
  return isOff(target) ? INFO_OFF : INFO_ON;
}
