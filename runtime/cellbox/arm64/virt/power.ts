/** Starts CPUs and ends QEMU: PSCI by SMC, which QEMU itself answers, and the panic device. */
import * as jh from "../../jh.ts";
import { PCI_MEMORY, SLOT_PANIC } from "./machine.ts";
import * as pci from "./pci.ts";

const PSCI_CPU_ON: u64 = 0xc4000003;
const PSCI_SYSTEM_OFF: u64 = 0x84000008;
const PANICKED: u64 = 1;

export function open(): void {
  pci.enable(SLOT_PANIC, <u32>PCI_MEMORY, pci.COMMAND_MEMORY);
}

/** The CPU arrives at `cpu_entry` in EL2 with its index. */
export function startCpu(index: u32, affinity: u64): bool {
  return jh.smc(PSCI_CPU_ON, affinity, jh.cpu_entry(), index) == 0;
}

/** QEMU ends with status 0, or 1 (`-action panic=exit-failure`), soon after. */
export function off(failed: bool): void {
  if (failed) jh.device_write(PCI_MEMORY, PANICKED, 1);
  else jh.smc(PSCI_SYSTEM_OFF, 0, 0, 0);
  for (;;) jh.wait_interrupt();
}
