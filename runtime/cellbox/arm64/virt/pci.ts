/** Configuration of the monitor's own devices on PCI bus 0: no firmware has assigned them addresses. */
import * as jh from "../../jh.ts";
import { PCI_CONFIG } from "./machine.ts";

const COMMAND: u64 = 4;
const BAR0: u64 = 0x10;

/** Decode accesses to I/O ports, to memory. */
export const COMMAND_PORTS: u32 = 1;
export const COMMAND_MEMORY: u32 = 2;

export function enable(slot: u32, bar0: u32, command: u32): void {
  const device = PCI_CONFIG + ((<u64>slot) << 15);
  jh.device_write(device + BAR0, bar0, 4);
  jh.device_write(device + COMMAND, command, 2);
}
