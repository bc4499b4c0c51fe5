/** PCI on Arm boards: a bus of the hypervisor's own, whose interrupts are SPIs of the cell (jailhouse-abi 4.7). */
import { attachPci } from "../pci/attach.ts";
import type { PciBus } from "../pci/bus.ts";
import type { Arm64Machine } from "./machine.ts";

const FIRST_SPI = 32;

export function attachArmPci(machine: Arm64Machine): PciBus {
  const { gic, cell } = machine;
  const messages = {
    // What a message writes is the interrupt; Jailhouse does not look at the address.
    isAllowed: ({ data }: { data: number }) => data >= FIRST_SPI && gic.spis.has(data),
    send: ({ data }: { data: number }) => void gic.raise(data),
  };
  return attachPci(machine, messages, (pin) => void gic.raise(FIRST_SPI + cell.vpciIrqBase + pin - 1));
}
