/** The cell's registers while its CPU is in the monitor: a frame on that CPU's stack (frame.h), RAX and RSP in its control block. */
import * as jh from "../jh.ts";
import { PcCpu } from "./cells.ts";

export const RAX: u32 = 0;
export const RCX: u32 = 1;
export const RDX: u32 = 2;
export const RBX: u32 = 3;
export const RSP: u32 = 4;
export const RBP: u32 = 5;
export const RSI: u32 = 6;
export const RDI: u32 = 7;

const BLOCK: u64 = 128;
const CPU: u64 = 136;

/** Before the first entry into the cell. */
export function open(frame: u64, cpu: PcCpu): void {
  jh.store64(frame + BLOCK, cpu.block.at);
  jh.store64(frame + CPU, changetype<usize>(cpu));
}

export function cpuOf(frame: u64): PcCpu {
  return changetype<PcCpu>(<usize>jh.load64(frame + CPU));
}

/** By its number in instructions: 0 RAX, 1 RCX, 2 RDX, 3 RBX, 4 RSP, 5 RBP, 6 RSI, 7 RDI, then R8 to R15. */
export function register(cpu: PcCpu, frame: u64, n: u32): u64 {
  if (n == RAX) return cpu.block.rax;
  return n == RSP ? cpu.block.rsp : jh.load64(frame + 8 * n);
}

export function setRegister(cpu: PcCpu, frame: u64, n: u32, value: u64): void {
  if (n == RAX) cpu.block.rax = value;
  else if (n == RSP) cpu.block.rsp = value;
  else jh.store64(frame + 8 * n, value);
}

/** EDX and EAX, as RDMSR and WRMSR have a value. */
export function pair(cpu: PcCpu, frame: u64): u64 {
  return (register(cpu, frame, RDX) << 32) | (cpu.block.rax & 0xffffffff);
}

export function setPair(cpu: PcCpu, frame: u64, value: u64): void {
  cpu.block.rax = value & 0xffffffff;
  setRegister(cpu, frame, RDX, value >> 32);
}
