/** The virtual machine control block (AMD APM volume 2, appendix B): what a CPU of a cell may do, and the part of its state that VMRUN switches. */
import * as jh from "../jh.ts";

/** Vector 1: NMI, CPUID, VM's own instructions, ports, MSRs, shutdown. Vector 2: all of SVM's instructions. */
const INTERCEPT_1: u32 =
  (1 << 1) | (1 << 3) | (1 << 18) | (1 << 19) | (1 << 22) | (1 << 26) | (1 << 27) | (1 << 28) | (1 << 31);
const INTERCEPT_2: u32 = 0x7f;

export const EXIT_NMI: u64 = 0x61;
export const EXIT_CPUID: u64 = 0x72;
export const EXIT_PORT: u64 = 0x7b;
export const EXIT_MSR: u64 = 0x7c;
export const EXIT_SHUTDOWN: u64 = 0x7f;
export const EXIT_VMMCALL: u64 = 0x81;
export const EXIT_NESTED_PAGE: u64 = 0x400;

const NESTED_PAGING: u64 = 1;
const FLUSH_ALL: u32 = 1;
const EVENT_VALID: u64 = 0x80000000;

export const EFER_SVME: u64 = 0x1000;
export const EFER_LMA: u64 = 0x400;
export const CR0_PG: u64 = 0x80000000;
export const CR4_PAE: u64 = 0x20;
export const CR4_PSE: u64 = 0x10;
const RFLAGS_VM: u64 = 1 << 17;
/** CS attributes: 64-bit code, 32-bit code. */
const LONG: u32 = 1 << 9;
const DEFAULT_32: u32 = 1 << 10;

const ES: u64 = 0x400;
const CS: u64 = 0x410;
const SS: u64 = 0x420;
const GS: u64 = 0x450;
const GDTR: u64 = 0x460;
const LDTR: u64 = 0x470;
const IDTR: u64 = 0x480;
const TR: u64 = 0x490;
const END: u64 = 0x680;

export class ControlBlock {
  /** Physical address of its page. */
  readonly at: u64;

  constructor(at: u64) {
    this.at = at;
  }

  get exitCode(): u64 {
    return jh.load64(this.at + 0x70);
  }
  get exitInfo1(): u64 {
    return jh.load64(this.at + 0x78);
  }
  get exitInfo2(): u64 {
    return jh.load64(this.at + 0x80);
  }
  get codeBase(): u64 {
    return jh.load64(this.at + CS + 8);
  }
  get stackBase(): u64 {
    return jh.load64(this.at + SS + 8);
  }
  get efer(): u64 {
    return jh.load64(this.at + 0x4d0);
  }
  set efer(value: u64) {
    jh.store64(this.at + 0x4d0, value);
  }
  get cr4(): u64 {
    return jh.load64(this.at + 0x548);
  }
  get cr3(): u64 {
    return jh.load64(this.at + 0x550);
  }
  get cr0(): u64 {
    return jh.load64(this.at + 0x558);
  }
  /** The kernel's code runs, and no program of virtual 8086 mode. */
  isKernel(): bool {
    return jh.load8(this.at + 0x4cb) == 0 && (this.rflags & RFLAGS_VM) == 0;
  }
  get rflags(): u64 {
    return jh.load64(this.at + 0x570);
  }
  get rip(): u64 {
    return jh.load64(this.at + 0x578);
  }
  get rsp(): u64 {
    return jh.load64(this.at + 0x5d8);
  }
  set rsp(value: u64) {
    jh.store64(this.at + 0x5d8, value);
  }
  get rax(): u64 {
    return jh.load64(this.at + 0x5f8);
  }
  set rax(value: u64) {
    jh.store64(this.at + 0x5f8, value);
  }
  get cr2(): u64 {
    return jh.load64(this.at + 0x640);
  }
  set pat(value: u64) {
    jh.store64(this.at + 0x668, value);
  }

  /** 64-bit code runs; else 32-bit or 16-bit. */
  isLong(): bool {
    return (this.efer & EFER_LMA) != 0 && (this.codeAttributes() & LONG) != 0;
  }
  is32(): bool {
    return !this.isLong() && (this.codeAttributes() & DEFAULT_32) != 0;
  }

  /** Goes on at this address, behind an instruction that was emulated: it has no more interrupt shadow. */
  goTo(rip: u64): void {
    jh.store64(this.at + 0x578, this.isLong() ? rip : rip & 0xffffffff);
    jh.store64(this.at + 0x68, 0);
  }

  /** Of an event whose delivery the exit interrupted: it is delivered again. */
  deliverAgain(): void {
    const event = jh.load64(this.at + 0x88);
    if ((event & EVENT_VALID) != 0) jh.store64(this.at + 0xa8, event);
  }

  /** What the cell may do; `table` is its nested page table's root. */
  confine(portBitmap: u64, msrBitmap: u64, table: u64, number: u32): void {
    jh.store32(this.at + 0xc, INTERCEPT_1);
    jh.store32(this.at + 0x10, INTERCEPT_2);
    jh.store64(this.at + 0x40, portBitmap);
    jh.store64(this.at + 0x48, msrBitmap);
    // TLB entries of cells are kept apart by this number; 0 is the monitor's.
    jh.store32(this.at + 0x58, number);
    jh.store8(this.at + 0x5c, FLUSH_ALL);
    jh.store64(this.at + 0x90, NESTED_PAGING);
    jh.store64(this.at + 0xb0, table);
  }

  /** As after a hardware reset (jailhouse-abi 3.3), to begin at CS base + offset; `selector` belongs to the base. */
  reset(selector: u32, base: u64, offset: u64): void {
    for (let at: u64 = ES; at < END; at += 8) jh.store64(this.at + at, 0);
    jh.store64(this.at + 0x60, 0);
    jh.store64(this.at + 0x68, 0);
    jh.store64(this.at + 0xa8, 0);
    for (let at: u64 = ES; at <= GS; at += 16) this.segment(at, 0, 0x93, 0);
    this.segment(CS, selector, 0x9b, base);
    this.segment(GDTR, 0, 0, 0);
    this.segment(IDTR, 0, 0, 0);
    this.segment(LDTR, 0, 0x82, 0);
    this.segment(TR, 0, 0x8b, 0);
    this.efer = EFER_SVME;
    jh.store64(this.at + 0x558, 0x60000010);
    jh.store64(this.at + 0x560, 0x400);
    jh.store64(this.at + 0x568, 0xffff0ff0);
    jh.store64(this.at + 0x570, 2);
    jh.store64(this.at + 0x578, offset);
    // SVM's own copy of what VMRUN does not switch.
    jh.guest_load(this.at);
  }

  private codeAttributes(): u32 {
    return jh.load16(this.at + CS + 2);
  }

  private segment(at: u64, selector: u32, attributes: u32, base: u64): void {
    jh.store16(this.at + at, selector);
    jh.store16(this.at + at + 2, attributes);
    jh.store32(this.at + at + 4, 0xffff);
    jh.store64(this.at + at + 8, base);
  }
}
