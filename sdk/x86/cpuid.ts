/** What the CPU says of itself (Intel SDM 2A, CPUID; AMD APM 3, appendix E). A hypervisor answers: it takes a while. */
import * as jh from "../jh";

const VERSION: u32 = 1;

export function eax(leaf: u32, subleaf: u32 = 0): u32 {
  return jh.cpuid(leaf, subleaf, 0);
}
export function ebx(leaf: u32, subleaf: u32 = 0): u32 {
  return jh.cpuid(leaf, subleaf, 1);
}
export function ecx(leaf: u32, subleaf: u32 = 0): u32 {
  return jh.cpuid(leaf, subleaf, 2);
}
export function edx(leaf: u32, subleaf: u32 = 0): u32 {
  return jh.cpuid(leaf, subleaf, 3);
}

/** With the extended family for 15, as the manuals count. */
export function family(): u32 {
  const version = eax(VERSION);
  const base = (version >> 8) & 0xf;
  return base == 0xf ? base + ((version >> 20) & 0xff) : base;
}

/** With the extended model: for family 6 and from 15 on. */
export function model(): u32 {
  const version = eax(VERSION);
  return ((version >> 4) & 0xf) | ((version >> 12) & 0xf0);
}
