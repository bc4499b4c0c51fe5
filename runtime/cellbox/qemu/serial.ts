/** The line to the host: a 16550 on PCI (`pci-serial`), apart from every cell's console. */
import * as jh from "../jh.ts";
import { PCI_PORTS, SLOT_MESSAGES } from "./machine.ts";
import * as pci from "./pci.ts";

const PORT: u32 = 0x1000;
const DATA: u64 = PCI_PORTS + PORT;
const FIFO_CONTROL: u64 = DATA + 2;
const LINE_STATUS: u64 = DATA + 5;
const DATA_READY: u64 = 1;
const TRANSMITTER_EMPTY: u64 = 0x20;

export function open(): void {
  pci.enable(SLOT_MESSAGES, PORT, pci.COMMAND_PORTS);
  jh.device_write(FIFO_CONTROL, 1, 1);
}

export function send(byte: u32): void {
  while ((jh.device_read(LINE_STATUS, 1) & TRANSMITTER_EMPTY) == 0) jh.barrier_device();
  jh.device_write(DATA, byte, 1);
}

/** The next byte from the host, or -1. */
export function receive(): i32 {
  if ((jh.device_read(LINE_STATUS, 1) & DATA_READY) == 0) return -1;
  return <i32>jh.device_read(DATA, 1);
}
