/** The two lines to the host, apart from every cell's console: messages go out on a 16550 on PCI (`pci-serial`), commands come in on another. */
import * as jh from "../../jh.ts";
import { PCI_PORTS, SLOT_COMMANDS, SLOT_MESSAGES } from "./machine.ts";
import * as pci from "./pci.ts";

const MESSAGES: u32 = 0x1000;
const COMMANDS: u32 = 0x1008;

const DATA: u64 = 0;
const FIFO_CONTROL: u64 = 2;
const LINE_STATUS: u64 = 5;
const DATA_READY: u64 = 1;
const TRANSMITTER_EMPTY: u64 = 0x20;

export function open(): void {
  openPort(SLOT_MESSAGES, MESSAGES);
  openPort(SLOT_COMMANDS, COMMANDS);
}

export function send(byte: u32): void {
  const port = PCI_PORTS + MESSAGES;
  while ((jh.device_read(port + LINE_STATUS, 1) & TRANSMITTER_EMPTY) == 0) jh.barrier_device();
  jh.device_write(port + DATA, byte, 1);
}

/** The next byte from the host, or -1. */
export function receive(): i32 {
  const port = PCI_PORTS + COMMANDS;
  if ((jh.device_read(port + LINE_STATUS, 1) & DATA_READY) == 0) return -1;
  return <i32>jh.device_read(port + DATA, 1);
}

function openPort(slot: u32, port: u32): void {
  pci.enable(slot, port, pci.COMMAND_PORTS);
  jh.device_write(PCI_PORTS + port + FIFO_CONTROL, 1, 1);
}
