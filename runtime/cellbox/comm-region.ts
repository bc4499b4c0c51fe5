/** The communication region (jailhouse-abi 2): a page that the cell and the monitor share. */
import { Cell } from "./cell.ts";
import { CONSOLE_SIZE, FLAG_PUTC_ACTIVE, FLAG_PUTC_PERMITTED } from "./cell-file.ts";
import * as jh from "./jh.ts";
import { machine } from "./machine.ts";
import * as run from "./run.ts";

export const STATE_RUNNING: u32 = 0;
export const STATE_LOCKED: u32 = 1;
export const STATE_SHUT_DOWN: u32 = 2;
export const STATE_FAILED: u32 = 3;
export const STATE_REVISION_MISMATCH: u32 = 4;

export const MESSAGE_SHUTDOWN: u32 = 1;
/** None that inmates know: for tests. */
export const MESSAGE_UNKNOWN: u32 = 77;
export const REPLY_APPROVED: u32 = 3;

const REVISION: u32 = 2;
const PAGE: u64 = 0x1000;

const STATE: u64 = 8;
const MESSAGE: u64 = 12;
const REPLY: u64 = 16;
const FLAGS: u64 = 20;
const CONSOLE: u64 = 24;
const PCI_CONFIG_BASE: u64 = 56;

/** As at every start of a cell: running, no message, the board's and the cell's data. */
export function fill(cell: Cell): void {
  const page = cell.comm;
  for (let at: u64 = 0; at < PAGE; at += 8) jh.store64(page + at, 0);
  const signature = "JHCOMM";
  for (let i = 0; i < signature.length; i++) jh.store8(page + i, signature.charCodeAt(i));
  jh.store16(page + 6, run.wrongRevision() ? REVISION + 1 : REVISION);
  jh.store32(page + FLAGS, putcFlags(cell.file.flags));
  for (let at: u64 = 0; at < CONSOLE_SIZE; at++) jh.store8(page + CONSOLE + at, jh.load8(cell.file.console + at));
  jh.store64(page + PCI_CONFIG_BASE, run.pciConfigBase());
  machine.fillComm(cell);
  jh.barrier();
}

export function state(cell: Cell): u32 {
  jh.barrier();
  return jh.load32(cell.comm + STATE);
}

export function setState(cell: Cell, value: u32): void {
  jh.store32(cell.comm + STATE, value);
  jh.barrier();
}

/** The cell has ended; nothing it does later changes that. */
export function isTerminal(value: u32): bool {
  return value >= STATE_SHUT_DOWN && value <= STATE_REVISION_MISMATCH;
}

/** The reply is cleared before the message becomes visible. */
export function send(cell: Cell, message: u32): void {
  jh.store32(cell.comm + REPLY, 0);
  jh.barrier();
  jh.store32(cell.comm + MESSAGE, message);
  jh.barrier();
}

/** 0: none yet. */
export function reply(cell: Cell): u32 {
  jh.barrier();
  return jh.load32(cell.comm + REPLY);
}

/** Bit 0 permitted, bit 1 active; who has it active may use it, too. */
function putcFlags(cellFlags: u32): u32 {
  const active: u32 = (cellFlags & FLAG_PUTC_ACTIVE) != 0 ? 2 : 0;
  const permitted: u32 = (cellFlags & (FLAG_PUTC_PERMITTED | FLAG_PUTC_ACTIVE)) != 0 ? 1 : 0;
  return active | permitted;
}
