/** What firmware does on a PC, as far as cells and the monitor need it: ports of ACPI, configuration space, silent PICs. And QEMU's end. */
import * as jh from "../jh.ts";
import { ACPI_PORTS, PORT_EXIT, PORT_PCI_ADDRESS, PORT_PCI_DATA, PORT_POWER } from "./q35.ts";

const MASK_1: u32 = 0x21;
const MASK_2: u32 = 0xa1;

/** ICH9's LPC bridge, 00:1f.0: PMBASE with its enable bit, where the chipset has ACPI's registers (ICH9 datasheet, 13.1). */
const LPC: u32 = 0x1f << 11;
const PMBASE: u32 = 0x40;
const ACPI_CONTROL: u32 = 0x44;
const ACPI_ENABLE: u32 = 0x80;
/** The host bridge, 00:00.0: PCIEXBAR, 256 MiB (Q35 datasheet, 5.1). */
const PCIEXBAR: u32 = 0x60;
const PCIEX_ENABLE: u32 = 1;

const SLEEP: u32 = 0x2000;

export function open(): void {
  jh.out8(MASK_1, 0xff);
  jh.out8(MASK_2, 0xff);
  configure(LPC + PMBASE, ACPI_PORTS | 1);
  configure(LPC + ACPI_CONTROL, ACPI_ENABLE);
}

/** Configuration space as memory. */
export function openConfiguration(base: u64): void {
  if (base == 0) return;
  configure(PCIEXBAR + 4, <u32>(base >> 32));
  configure(PCIEXBAR, <u32>base | PCIEX_ENABLE);
}

/** Status 0 (ACPI's soft off), or 1 (isa-debug-exit: twice the value, and 1). */
export function off(failed: bool): void {
  if (failed) jh.out32(PORT_EXIT, 0);
  else jh.out16(PORT_POWER, SLEEP);
  for (;;) jh.wait_interrupt();
}

function configure(place: u32, value: u32): void {
  jh.out32(PORT_PCI_ADDRESS, 0x80000000 | place);
  jh.out32(PORT_PCI_DATA, value);
}
