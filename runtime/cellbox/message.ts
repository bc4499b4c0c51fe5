/**
 * Messages to the host: one JSON object a line. Only the monitor's core writes them, so lines never mix; the other CPUs leave what they have to
 * say in their `Cpu`.
 */
import { machine } from "./machine.ts";

let first = true;

export function begin(kind: string): void {
  first = true;
  text("{");
  word("kind", kind);
}

export function end(): void {
  text("}\n");
}

/** Leaves the line that may have begun; the host drops it. */
export function abandon(): void {
  text("\n");
}

export function word(name: string, value: string): void {
  key(name);
  text('"');
  text(value);
  text('"');
}

export function count(name: string, value: u64): void {
  key(name);
  decimal(value);
}

/** Addresses are strings: JSON's numbers have 53 bits. */
export function address(name: string, value: u64): void {
  key(name);
  quoted(value);
}

export function counts(name: string, values: StaticArray<u32>): void {
  key(name);
  for (let i = 0; i < values.length; i++) {
    text(i == 0 ? "[" : ",");
    decimal(values[i]);
  }
  text("]");
}

/** The first `length` of these addresses. */
export function addresses(name: string, values: StaticArray<u64>, length: u32): void {
  key(name);
  for (let i: u32 = 0; i < length; i++) {
    text(i == 0 ? "[" : ",");
    quoted(values[i]);
  }
  text(length == 0 ? "[]" : "]");
}

function key(name: string): void {
  if (!first) text(",");
  first = false;
  text('"');
  text(name);
  text('":');
}

function text(value: string): void {
  for (let i = 0; i < value.length; i++) machine.tell(value.charCodeAt(i));
}

function quoted(value: u64): void {
  text('"0x');
  let shift = 60;
  while (shift > 0 && value >> shift == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) {
    const digit = <u32>((value >> shift) & 15);
    machine.tell(digit < 10 ? 48 + digit : 87 + digit);
  }
  text('"');
}

function decimal(value: u64): void {
  let unit: u64 = 1;
  while (value / unit >= 10) unit *= 10;
  for (; unit > 0; unit /= 10) machine.tell(48 + <u32>((value / unit) % 10));
}
