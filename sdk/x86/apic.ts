/** The local APIC by its x2APIC registers, which Jailhouse has on every machine (jailhouse-abi 4.1; Intel SDM 3A, 11.12.1.2). */
import * as jh from "../jh";

const EOI: u32 = 0x80b;
const SPURIOUS: u32 = 0x80f;
const COMMAND: u32 = 0x830;

const ENABLE: u64 = 1 << 8;
const SPURIOUS_VECTOR: u64 = 255;

/** Of the command register (11.6.1). */
const TO_OTHERS: u64 = 3 << 18;
const ASSERT: u64 = 1 << 14;
const SIPI: u64 = 6 << 8;

/** Lets interrupts through to this CPU. */
export function start(): void {
  jh.msr_write(SPURIOUS, ENABLE | SPURIOUS_VECTOR);
}

export function isOn(): bool {
  return (jh.msr_read(SPURIOUS) & ENABLE) != 0;
}

export function end(): void {
  jh.msr_write(EOI, 0);
}

/** A fixed interrupt to the CPU with that APIC ID. */
export function send(apicId: u64, vector: u32): void {
  jh.msr_write(COMMAND, (apicId << 32) | vector);
}

/** A SIPI to all other CPUs of the cell: those that wait for one begin at address 0, the rest takes no notice (9.4.4). */
export function startWaiting(): void {
  jh.msr_write(COMMAND, TO_OTHERS | ASSERT | SIPI);
}
