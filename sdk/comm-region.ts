/**
 * The comm region: one page that the hypervisor fills at each start of the cell and that both sides talk through.
 * Layout of revision 2 (Jailhouse, include/jailhouse/cell-config.h and asm/jailhouse_hypercall.h), little endian:
 *
 *   0 "JHCOMM"   6 revision      8 cell_state   12 msg_to_cell   16 reply_from_cell   20 flags   24 console (32 bytes)
 *   56 pci_mmconfig_base         64 gic_version (8 bits)          72 gicd_base        80 gicc_base
 *   88 gicr_base                 96 vpci_irq_base
 *
 * On x86, from 64 on: 64 pm_timer_address (16 bits)   66 num_cpus (16 bits)   68 tsc_khz   72 apic_khz
 */
import { COMM_REGION } from "./fault-kinds";
import * as jh from "./jh";

const STATE: u32 = 8;
const MESSAGE: u32 = 12;
const REPLY: u32 = 16;
const FLAGS: u32 = 20;
const CONSOLE: u32 = 24;
const PCI_MMCONFIG_BASE: u32 = 56;
const GIC_VERSION: u32 = 64;
const GICD_BASE: u32 = 72;
const GICC_BASE: u32 = 80;
const GICR_BASE: u32 = 88;
const PM_TIMER_ADDRESS: u32 = 64;
const CPU_COUNT: u32 = 66;
const APIC_KHZ: u32 = 72;
const VPCI_IRQ_BASE: u32 = 96;

const SIGNATURE_JHCO: u32 = 0x4f43484a;
const SIGNATURE_MM: u32 = 0x4d4d;
const REVISION: u32 = 2;

/** Cell states, as root reads them. 2, 3 and 4 are final. */
export const RUNNING: u32 = 0;
export const RUNNING_LOCKED: u32 = 1;
export const SHUT_DOWN: u32 = 2;
export const FAILED: u32 = 3;

/** Messages to the cell, and the replies. */
export const NO_MESSAGE: u32 = 0;
export const SHUTDOWN_REQUEST: u32 = 1;
export const RECONFIG_COMPLETED: u32 = 2;

export const REPLY_UNKNOWN: u32 = 1;
export const REPLY_DENIED: u32 = 2;
export const REPLY_APPROVED: u32 = 3;
export const REPLY_RECEIVED: u32 = 4;

/** Bits of `flags()`. */
export const PUTC_PERMITTED: u32 = 1;
export const PUTC_ACTIVE: u32 = 2;

/** Where it is mapped is a constant of the image. */
function page(): u32 {
  return jh.comm_region();
}

/** False until the page is known to be a comm region of our revision: then nothing else in it may be believed. */
export const valid: bool =
  jh.read32(page()) == SIGNATURE_JHCO && jh.read16(page() + 4) == SIGNATURE_MM && jh.read16(page() + 6) == REVISION;
if (!valid) jh.trap(COMM_REGION);

export function state(): u32 {
  return jh.read32(page() + STATE);
}
export function setState(value: u32): void {
  jh.write32(page() + STATE, value);
}

export function message(): u32 {
  return jh.read32(page() + MESSAGE);
}

/**
 * Answers the message. The hypervisor's loop ends at the first reply that it sees, and it may send the next message at
 * once: it must find the old one cleared.
 */
export function reply(value: u32): void {
  jh.write32(page() + MESSAGE, NO_MESSAGE);
  jh.barrier_store();
  jh.write32(page() + REPLY, value);
}

export function flags(): u32 {
  return jh.read32(page() + FLAGS);
}

/** The console struct: address u64, size u32, type u16, flags u16, divider u32, gate_nr u32, clock_reg u64. */
export function consoleAddress(): u64 {
  return jh.read64(page() + CONSOLE);
}
export function consoleType(): u32 {
  return jh.read16(page() + CONSOLE + 12);
}
export function consoleFlags(): u32 {
  return jh.read16(page() + CONSOLE + 14);
}
export function consoleDivider(): u32 {
  return jh.read32(page() + CONSOLE + 16);
}
export function consoleGate(): u32 {
  return jh.read32(page() + CONSOLE + 20);
}
export function consoleClock(): u64 {
  return jh.read64(page() + CONSOLE + 24);
}

/**
 * Cell address of the PCI configuration space; 0: none. The hypervisor gives the system's value, also to cells without
 * PCI.
 */
export function pciMmconfigBase(): u64 {
  return jh.read64(page() + PCI_MMCONFIG_BASE);
}
/** 2 or 3. */
export function gicVersion(): u32 {
  return jh.read8(page() + GIC_VERSION);
}
/** Cell address of the distributor. */
export function gicdBase(): u64 {
  return jh.read64(page() + GICD_BASE);
}
/** Cell address of the CPU interface (GICv2 only). */
export function giccBase(): u64 {
  return jh.read64(page() + GICC_BASE);
}
/** Cell address of the first redistributor (GICv3 only). */
export function gicrBase(): u64 {
  return jh.read64(page() + GICR_BASE);
}
/** x86: port of ACPI's power management timer. */
export function pmTimerAddress(): u32 {
  return jh.read16(page() + PM_TIMER_ADDRESS);
}
/** x86: rate of the local APIC's timer, before its divider. */
export function apicKhz(): u32 {
  return jh.read32(page() + APIC_KHZ);
}
/** x86: CPUs of the cell. */
export function cpuCount(): u32 {
  return jh.read16(page() + CPU_COUNT);
}
/** First SPI of the cell's virtual PCI devices, counted from interrupt 32. */
export function vpciIrqBase(): u32 {
  return jh.read32(page() + VPCI_IRQ_BASE);
}
