/** Message-signalled interrupts (Intel SDM volume 3A, 11.11): an address names a CPU, the data its vector. */
import { Cell, cpus } from "../cell.ts";
import * as localApic from "./local-apic.ts";

const BASE: u64 = 0xfee;
/** Redirection to other CPUs, logical destinations. */
const REDIRECTED: u64 = 0xc;
const VECTOR: u32 = 0xff;

/** To one CPU of the cell, fixed delivery. */
export function isOf(cell: Cell, address: u64, data: u32): bool {
  const target = cpuOf(address);
  if (address >> 20 != BASE || (address & REDIRECTED) != 0 || (data & ~VECTOR) != 0) return false;
  return target < <u32>cpus.length && cpus[target].cell == cell;
}

export function send(address: u64, data: u32): void {
  localApic.send(cpuOf(address), data & VECTOR);
}

function cpuOf(address: u64): u32 {
  return <u32>(address >> 12) & 0xff;
}
