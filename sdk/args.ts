/**
 * The command line of the inmate: `name=value` or a bare `name`, separated by blanks, at most 255 bytes (`jailhouse
 * cell load CELL app.bin -s "led-pin=3 verbose" -a 0x1000`). Names match as a whole; the first match counts. A value
 * that is not understood is reported on the console and the default taken.
 *
 * Where a name is a literal, the compiler transform calls the function ending in `Named` instead, which takes the name
 * as static bytes.
 */
import { ascii } from "./ascii";
import { allocate } from "./format";
import * as jh from "./jh";
import { byte, freshLine, zeroEnded } from "./print";
import * as uart from "./uart/uart";

const BLANK: u32 = 0x20;
const PLUS: u32 = 0x2b;
const MINUS: u32 = 0x2d;
const DIGIT_0: u32 = 0x30;
const EQUALS: u32 = 0x3d;
const LETTER_A: u32 = 0x61;
const LETTER_X: u32 = 0x78;
/** Makes letters small and leaves digits as they are. */
const SMALL: u32 = 0x20;

const ABSENT: u32 = 0xffffffff;

/** True when the name occurs, with or without a value. */
export function has(name: string): boolean {
  return findString(name) != ABSENT;
}

/** A whole number: decimal with an optional sign, or `0x` and hexadecimal digits, of at most 64 bits. */
export function int(name: string, fallback: i64 = 0): i64 {
  return intAt(findString(name), fallback);
}

/** A bare name and values that start with `1` or `true` are true, with `0` or `false` false; capitals are allowed. */
export function bool(name: string, fallback: boolean = false): boolean {
  return boolAt(findString(name), fallback);
}

/** The value as it stands there; "" for a bare name. Allocates the string. */
export function text(name: string, fallback: string = ""): string {
  return textAt(findString(name), fallback);
}

export function hasNamed(name: usize): boolean {
  return findBytes(name) != ABSENT;
}
export function intNamed(name: usize, fallback: i64 = 0): i64 {
  return intAt(findBytes(name), fallback);
}
export function boolNamed(name: usize, fallback: boolean = false): boolean {
  return boolAt(findBytes(name), fallback);
}
export function textNamed(name: usize, fallback: string = ""): string {
  return textAt(findBytes(name), fallback);
}

/** True when the argument has exactly this value; both as of `ascii`. For the drivers' table. */
export function equals(name: usize, value: usize): boolean {
  const at = findBytes(name);
  if (at == ABSENT || ends(at)) return false;
  const end = behind(at + 1, value, 0);
  return end != ABSENT && ends(end);
}

function findString(name: string): u32 {
  return find(changetype<usize>(name), name.length, 1);
}
function findBytes(name: usize): u32 {
  return find(name, lengthOf(name), 0);
}
function lengthOf(name: usize): u32 {
  let length = 0;
  while (load<u8>(name + length)) length++;
  return length;
}

/** Index behind the name, where `=`, a blank or the end stands; or ABSENT. `wide`: 1 for UTF-16, 0 for bytes. */
function find(name: usize, length: u32, wide: u32): u32 {
  let start: u32 = 0;
  let same = true;
  let i: u32 = 0;
  while (true) {
    const c = jh.command_line(i);
    const at = i - start;
    if (at == length && same && (c == EQUALS || isEnd(c))) return i;
    if (c == 0) return ABSENT;
    if (c == BLANK) {
      start = i + 1;
      same = true;
    } else if (at >= length || c != (wide ? <u32>load<u16>(name + (at << 1)) : <u32>load<u8>(name + at))) {
      same = false;
    }
    i++;
  }
}

function isEnd(c: u32): boolean {
  return c == 0 || c == BLANK;
}
function ends(at: u32): boolean {
  return isEnd(jh.command_line(at));
}

function intAt(at: u32, fallback: i64): i64 {
  if (at == ABSENT) return fallback;
  let value: u64 = 0;
  let base: u64 = 10;
  let digits = 0;
  let negative = false;
  let wrong = false;
  for (let i = at + 1; ; i++) {
    const c = jh.command_line(i);
    if (isEnd(c)) break;
    if ((c == MINUS || c == PLUS) && i == at + 1) {
      negative = c == MINUS;
    } else if (c == LETTER_X && base == 10 && digits == 1 && value == 0) {
      base = 16;
      digits = 0;
    } else {
      const digit = <u64>digitOf(c);
      // Whether a further digit fits: exact in base 16, and in base 10 above what an i64 holds.
      if (digit >= base || value >> 60 != 0) wrong = true;
      value = value * base + digit;
      digits++;
    }
  }
  // A bare name has no value; what stands behind the blank is the next argument.
  if (wrong || digits == 0 || ends(at)) {
    malformed(at);
    return fallback;
  }
  return negative ? -(<i64>value) : <i64>value;
}

/** Value of a digit; 16 when it is none. */
function digitOf(c: u32): u32 {
  if (c - DIGIT_0 < 10) return c - DIGIT_0;
  const letter = (c | SMALL) - LETTER_A;
  return letter < 6 ? letter + 10 : 16;
}

function boolAt(at: u32, fallback: boolean): boolean {
  if (at == ABSENT) return fallback;
  if (ends(at) || starts(at + 1, ascii("1")) || starts(at + 1, ascii("true"))) return true;
  if (starts(at + 1, ascii("0")) || starts(at + 1, ascii("false"))) return false;
  malformed(at);
  return fallback;
}

function starts(at: u32, text: usize): boolean {
  return behind(at, text, SMALL) != ABSENT;
}

/** Index behind the text, if it stands at `at`; else ABSENT. `fold` is or-ed to the characters there. */
function behind(at: u32, text: usize, fold: u32): u32 {
  for (let expected: u32 = load<u8>(text); expected != 0; expected = load<u8>(++text)) {
    if ((jh.command_line(at++) | fold) != expected) return ABSENT;
  }
  return at;
}

function textAt(at: u32, fallback: string): string {
  if (at == ABSENT) return fallback;
  const from = ends(at) ? at : at + 1;
  let length: u32 = 0;
  while (!ends(from + length)) length++;
  const value = allocate(length);
  for (let i: u32 = 0; i < length; i++) store<u16>(value + (i << 1), jh.command_line(from + i));
  return changetype<string>(value);
}

/** What was met before the console, which has arguments itself, was up: indices behind names, a byte each, never 0. */
let waiting: u64 = 0;

function malformed(at: u32): void {
  waiting = (waiting << 8) | at;
  if (uart.isUp()) reportMalformed();
}

/** The console calls it when it is up. */
export function reportMalformed(): void {
  while (waiting != 0) {
    let at = <u32>waiting & 0xff;
    waiting >>= 8;
    while (at > 0 && jh.command_line(at - 1) != BLANK) at--;
    freshLine();
    zeroEnded(ascii('*** argument "'));
    while (!ends(at)) byte(jh.command_line(at++));
    zeroEnded(ascii('" is not understood: its default is used\n'));
  }
}
