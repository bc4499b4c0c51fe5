/**
 * The APIC as a cell sees it: by x2APIC MSRs, whose numbers from 0x800 on are the registers', or by the xAPIC's page, where each takes 16 bytes
 * (jailhouse-abi 4.1). What is allowed goes to the CPU's own APIC; interrupts reach the cell without the monitor.
 */
import { Access } from "../access.ts";
import { PcCell, PcCpu, STAT_XAPIC } from "./cells.ts";
import * as ipi from "./ipi.ts";
import * as local from "./local-apic.ts";

const READS: u32 = 1;
const WRITES: u32 = 2;
/** Bits that a write may set, and what may be done, by register; those that are not there are refused. */
const RULES: StaticArray<u32> = [
  ...[0x02, READS, 0],
  ...[0x03, READS, 0],
  ...[0x08, READS | WRITES, 0xff],
  ...[0x0a, READS, 0],
  ...[0x0b, WRITES, 0],
  ...[0x0d, READS, 0],
  ...[0x0f, READS | WRITES, 0x1ff],
  ...[0x28, READS | WRITES, 0],
  ...[0x30, READS | WRITES, 0xcdfff],
  ...[0x32, READS | WRITES, 0x310ff],
  ...[0x33, READS | WRITES, 0x117ff],
  ...[0x34, READS | WRITES, 0x117ff],
  ...[0x35, READS | WRITES, 0x1f7ff],
  ...[0x36, READS | WRITES, 0x1f7ff],
  ...[0x37, READS | WRITES, 0x110ff],
  ...[0x38, READS | WRITES, 0xffffffff],
  ...[0x39, READS, 0],
  ...[0x3e, READS | WRITES, 0xb],
];
