/** Files that QEMU hands over (`-fw_cfg name=…,file=…`), read by DMA (QEMU docs/specs/fw_cfg). */
import * as jh from "./jh.ts";
import { machine } from "./machine.ts";
import { allocate } from "./pool.ts";

const DIRECTORY: u32 = 0x19;
const ENTRY_SIZE: u64 = 64;
const ENTRY_NAME: u64 = 8;

const CONTROL_ERROR: u32 = 1;
const CONTROL_READ: u32 = 2;
const CONTROL_SELECT: u32 = 8;

let request: u64 = 0;
let directory: u64 = 0;
let entries: u32 = 0;

export function open(): void {
  request = allocate(16);
  const count = allocate(4);
  ask((DIRECTORY << 16) | CONTROL_SELECT | CONTROL_READ, count, 4);
  entries = bswap(jh.load32(count));
  const size = 4 + entries * ENTRY_SIZE;
  directory = allocate(size);
  ask((DIRECTORY << 16) | CONTROL_SELECT | CONTROL_READ, directory, <u32>size);
}

/** Number of the directory's entry with this name, or -1. */
export function find(name: string): i32 {
  for (let i: u32 = 0; i < entries; i++) {
    if (hasName(entry(i) + ENTRY_NAME, name)) return i;
  }
  return -1;
}

/** Bytes of the file. */
export function size(file: i32): u32 {
  return bswap(jh.load32(entry(file)));
}

/** Reads the whole file to a physical address; false when QEMU refuses. */
export function load(file: i32, address: u64): bool {
  select(file);
  return readOn(address, size(file));
}

/** From its start on `readOn` reads a file in pieces. */
export function select(file: i32): void {
  const selector = jh.load16(entry(file) + 4);
  ask(((<u32>bswap(<u16>selector)) << 16) | CONTROL_SELECT, 0, 0);
}

export function readOn(address: u64, length: u32): bool {
  return ask(CONTROL_READ, address, length);
}

function entry(index: u32): u64 {
  return directory + 4 + index * ENTRY_SIZE;
}

function hasName(at: u64, name: string): bool {
  for (let i = 0; i < name.length; i++) {
    if (jh.load8(at + i) != <u32>name.charCodeAt(i)) return false;
  }
  return jh.load8(at + name.length) == 0;
}

/** All fields of the request are big-endian; it is done at once. */
function ask(control: u32, address: u64, length: u32): bool {
  jh.store32(request, bswap(control));
  jh.store32(request + 4, bswap(length));
  jh.store64(request + 8, bswap(address));
  jh.barrier_device();
  machine.requestFile(request);
  jh.barrier_device();
  return (bswap(jh.load32(request)) & CONTROL_ERROR) == 0;
}
