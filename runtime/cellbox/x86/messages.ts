/** Message-signalled interrupts (Intel SDM volume 3A, 11.11): an address names a CPU, or in logical mode several, the data a mode and a vector. */
import { Cell } from "../cell.ts";
import { isWithin, LOGICAL_CPUS } from "./destination.ts";
import * as localApic from "./local-apic.ts";

const BASE: u64 = 0xfee;
const LOGICAL: u32 = 4;
const VECTOR: u32 = 0xff;
/** Destination, hint and mode of an address; vector and mode of data. The rest means nothing to real Jailhouse, which translates messages. */
const ADDRESS_BITS: u32 = 0xff00c;
const DATA_BITS: u32 = 0x7ff;
/** A logical destination without a bit. */
const NOBODY: u32 = 0xfee00004;

/** It can be set up: fixed or to the lowest priority, within the cell. An address that is not the APICs' means nothing. */
export function isOf(cell: Cell, address: u64, data: u32): bool {
  if (!isMessage(address)) return true;
  const mode = data & localApic.MODE_MASK;
  const known = mode == localApic.MODE_FIXED || mode == localApic.MODE_LOWEST;
  return known && isWithin(cell, destinationOf(address), isLogical(address));
}

/** Lowest priority among several is the first. */
export function send(address: u64, data: u32): void {
  if (!isMessage(address)) return;
  const destination = destinationOf(address);
  if (!isLogical(address)) return localApic.send(destination, data & VECTOR);
  for (let id: u32 = 0; id < LOGICAL_CPUS; id++) {
    if (((destination >> id) & 1) == 0) continue;
    localApic.send(id, data & VECTOR);
    if ((data & localApic.MODE_MASK) == localApic.MODE_LOWEST) return;
  }
}

/** What a device is given for them: it writes to the APICs only. */
export function deviceAddress(address: u64): u32 {
  return isMessage(address) ? ((<u32>BASE) << 20) | (<u32>address & ADDRESS_BITS) : NOBODY;
}

export function deviceData(data: u32): u32 {
  return data & DATA_BITS;
}

function isMessage(address: u64): bool {
  return address >> 20 == BASE;
}

function isLogical(address: u64): bool {
  return (<u32>address & LOGICAL) != 0;
}

function destinationOf(address: u64): u32 {
  return <u32>(address >> 12) & 0xff;
}
