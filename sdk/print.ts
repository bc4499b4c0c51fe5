/**
 * What the calls of `console` and `panic` come down to: bytes, and values spelled out one digit at a time. Nothing is
 * allocated, and a handler may print while the program prints.
 */
// @ts-expect-error: AssemblyScript's own library, of which plain TypeScript knows the globals only
import { dtoa_buffered } from "util/number";
import { reportMalformed } from "./args";
import { ascii } from "./ascii";
import { bitsOf, digitOf } from "./format";
import * as jh from "./jh";
import * as turns from "./turns";
import * as uart from "./uart/uart";

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
const BLANK: u32 = 0x20;
const MINUS: u32 = 0x2d;

let atLineStart: bool = true;

/** One byte of UTF-8; LF becomes CR LF (as the stock inmates do). */
export function byte(value: u32): void {
  if (uart.isDown()) {
    uart.start();
    reportMalformed();
  }
  if (value == LF) uart.send(CR);
  uart.send(value);
  atLineStart = value == LF;
}

/** A literal's bytes. */
export function bytes(pointer: usize, length: i32): void {
  turns.begin();
  for (let i = 0; i < length; i++) byte(jh.constant(<u32>pointer + i));
  turns.end();
}

/** Bytes as of `ascii`. */
export function zeroEnded(pointer: usize): void {
  for (let c = jh.constant(<u32>pointer); c != 0; c = jh.constant(<u32>++pointer)) byte(c);
}

/** Begins a line of its own if something stands on the current one. */
export function freshLine(): void {
  if (!atLineStart) byte(LF);
}

/** Prints a value the way `${}` spells it. */
export function put<T>(value: T): void {
  if (isBoolean<T>()) {
    zeroEnded(value ? ascii("true") : ascii("false"));
  } else if (isInteger<T>() || isFloat<T>()) {
    decimal<T>(value, 0);
  } else if (isNullable<T>() && changetype<usize>(value) == 0) {
    zeroEnded(ascii("null"));
  } else if (isString<T>()) {
    text(changetype<string>(value));
  } else {
    // @ts-expect-error: whether T has the method shows when it is known
    text(value!.toString());
  }
}

/** Right-aligned in `width` columns; a number that needs more takes more. */
export function decimal<T>(value: T, width: i32): void {
  if (isFloat<T>()) {
    if (sizeof<T>() == 4) float(<f64>value, true, width);
    else float(<f64>value, false, width);
  } else if (isSigned<T>() && <i64>value < 0) {
    integer(<u64>-(<i64>value), 10, 1, width, true);
  } else {
    integer(<u64>value, 10, 1, width, false);
  }
}

/** Small hexadecimal digits of the value's bits, with leading zeros up to `digits`, 16 at most. */
export function hexadecimal<T>(value: T, digits: i32): void {
  integer(bitsOf<T>(value), 16, min(digits, 16), 0, false);
}

function integer(magnitude: u64, base: u64, digits: i32, width: i32, negative: bool): void {
  let length = 1;
  let power: u64 = 1;
  while (length < digits || magnitude / power >= base) {
    power *= base;
    length++;
  }
  pad(width - length - <i32>negative);
  if (negative) byte(MINUS);
  while (power != 0) {
    byte(digitOf(<u32>(magnitude / power)));
    magnitude %= power;
    power /= base;
  }
}

/**
 * The library spells a float in a buffer and keeps state in globals. So that a handler may do the same in between,
 * interrupts are held back for that, and what is in the buffer (at most 28 characters) is carried out of it in four
 * values before they are let in again.
 */
function spelled(): usize {
  return memory.data(64);
}

function float(value: f64, single: bool, width: i32): void {
  const mask = jh.interrupts_off();
  const length: i32 = single ? dtoa_buffered<f32>(spelled(), <f32>value) : dtoa_buffered<f64>(spelled(), value);
  const a = pack(0);
  const b = pack(8);
  const c = pack(16);
  const d = pack(24);
  jh.interrupts_restore(mask);
  pad(width - length);
  unpack(a, length);
  unpack(b, length - 8);
  unpack(c, length - 16);
  unpack(d, length - 24);
}

/** Eight characters of the buffer from the given one on, as bytes. */
function pack(from: i32): u64 {
  let packed: u64 = 0;
  for (let i = from + 7; i >= from; i--) packed = (packed << 8) | load<u8>(spelled() + (i << 1));
  return packed;
}

function unpack(packed: u64, length: i32): void {
  for (let i = 0; i < min(length, 8); i++) byte(<u32>(packed >> (i << 3)) & 0xff);
}

function pad(count: i32): void {
  for (let i = 0; i < count; i++) byte(BLANK);
}

/** UTF-16 as UTF-8 (RFC 3629, section 3); half a surrogate pair as it is. */
export function text(value: string): void {
  const start = changetype<usize>(value);
  const end = start + (value.length << 1);
  for (let at = start; at < end; at += 2) {
    let code: u32 = load<u16>(at);
    if ((code & 0xfc00) == 0xd800 && at + 2 < end) {
      const low: u32 = load<u16>(at + 2);
      if ((low & 0xfc00) == 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        at += 2;
      }
    }
    codePoint(code);
  }
}

function codePoint(code: u32): void {
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | (code >> 6));
    continuation(code);
  } else if (code < 0x10000) {
    byte(0xe0 | (code >> 12));
    continuation(code >> 6);
    continuation(code);
  } else {
    byte(0xf0 | (code >> 18));
    continuation(code >> 12);
    continuation(code >> 6);
    continuation(code);
  }
}

function continuation(bits: u32): void {
  byte(0x80 | (bits & 0x3f));
}
