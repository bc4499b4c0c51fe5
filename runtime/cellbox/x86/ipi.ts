/** Interrupts among the CPUs of a cell, and the INIT and SIPI that start one (jailhouse-abi 3.6, 4.1). */
import { CPU_RUNNING, cpus } from "../cell.ts";
import { acquire, LOCK_CPUS, release } from "../lock.ts";
import { cpuAt, PcCell, PcCpu } from "./cells.ts";
import * as local from "./local-apic.ts";

/** Vector, mode, destination mode, level, trigger, shorthand. */
const WRITABLE: u32 = 0xccfff;
const LOGICAL: u32 = 1 << 11;
const TO_SELF: u32 = 1;
const TO_OTHERS: u32 = 3;
/** Of INIT: its end, which nobody needs any more (Intel SDM volume 3A, 11.6.1). */
const LEVEL_DEASSERT: u32 = 1 << 15;
const ASSERT: u32 = 1 << 14;

/** A write to the interrupt command register; false: the cell may not send that. */
export function send(cpu: PcCpu, cell: PcCell, command: u32, destination: u32): bool {
  const mode = command & local.MODE_MASK;
  const shorthand = (command >> 18) & 3;
  const known =
    mode == local.MODE_FIXED ||
    mode == local.MODE_LOWEST ||
    mode == local.MODE_NMI ||
    mode == local.MODE_INIT ||
    mode == local.MODE_SIPI;
  if ((command & ~WRITABLE) != 0 || !known) return false;
  if (mode != local.MODE_FIXED && shorthand != 0 && shorthand != TO_OTHERS) return false;
  if (shorthand == TO_SELF) {
    deliver(cpu, command, mode);
    return true;
  }
  // A CPU outside the cell gets nothing.
  for (let i = 0; i < cpus.length; i++) {
    const target = cpuAt(i);
    if (target.cell != cell) continue;
    if (shorthand != 0 ? shorthand != TO_OTHERS || target != cpu : isNamed(target, command, destination)) {
      deliver(target, command, mode);
      if (mode == local.MODE_LOWEST) return true;
    }
  }
  return true;
}

/** IDs of all ones are no broadcast, for real Jailhouse either: no CPU of the cell has them. */
function isNamed(target: PcCpu, command: u32, destination: u32): bool {
  if ((command & LOGICAL) != 0) return target.index < 8 && ((destination >> target.index) & 1) != 0;
  return destination == target.index;
}

/** NMIs are the monitor's own: a cell's are ignored. */
function deliver(target: PcCpu, command: u32, mode: u32): void {
  if (mode == local.MODE_FIXED || mode == local.MODE_LOWEST) local.send(target.index, command & 0xff);
  else if (mode == local.MODE_INIT && !((command & LEVEL_DEASSERT) != 0 && (command & ASSERT) == 0))
    signal(target, true, -1);
  else if (mode == local.MODE_SIPI) signal(target, false, command & 0xff);
}

/** A CPU that runs takes INIT, one that waits for it takes the SIPI; parked ones take nothing. */
function signal(target: PcCpu, init: bool, vector: i32): void {
  acquire(LOCK_CPUS);
  const takes = target.state == CPU_RUNNING && (init || target.waitsForSipi || target.init);
  if (takes) {
    if (init) {
      target.init = true;
      target.sipi = -1;
    } else if (target.sipi < 0) target.sipi = vector;
  }
  release(LOCK_CPUS);
  if (takes) kick(target);
}

export function kick(cpu: PcCpu): void {
  local.send(cpu.index, local.MODE_NMI);
}
