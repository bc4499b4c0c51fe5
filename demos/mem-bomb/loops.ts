/** The buffer, and the loops over it: one access for each stride, in native addresses, so that they are what they are in C. */
import { args, ram, timer } from "jh-inmate";
import { DOWNWARDS, SCATTERED, Shape } from "./control";

const READS: u32 = 2;
const WRITES: u32 = 4;

export const buffer = ram.take(args.int("buffer", 4 << 20));
let sum: u64 = 0;

/** Of what the reads have read. */
export function checksum(): u64 {
  return sum;
}

/** One pass. `kind`: bits of the command. */
export function pass(kind: u32, shape: Shape): void {
  if (shape.passes == 0) sum = 0;
  const start = timer.now();
  if (shape.pattern == DOWNWARDS) downwards(kind, shape.size, shape.stride);
  else if (shape.pattern == SCATTERED) scattered(kind, shape.size, shape.stride);
  else if (kind == (READS | WRITES)) readAndWrite(shape.size / 2, shape.stride);
  else if (kind == READS) sum += read(shape.size, shape.stride);
  else write(shape.size, shape.stride);
  shape.add(timer.now() - start);
}

function read(size: u64, stride: u64): u64 {
  let read: u64 = 0;
  for (let i: u64 = 0; i < size; i += stride) read += buffer.load8(i);
  return read;
}

function write(size: u64, stride: u64): void {
  for (let i: u64 = 0; i < size; i += stride) buffer.store8(i, buffer.load8(i) + <u32>i);
}

/** The upper half is read, the lower one written. */
function readAndWrite(half: u64, stride: u64): void {
  for (let i: u64 = 0; i < half; i += stride) buffer.store8(i, buffer.load8(i) + buffer.load8(i + half));
}

function downwards(kind: u32, size: u64, stride: u64): void {
  if (size == 0) return;
  for (let i = ((size - 1) / stride) * stride + stride; i != 0; i -= stride) access(kind, i - stride);
}

/**
 * All multiples of the stride below the greatest power of two of them, each once: x -> 5x + 1 runs through all numbers below a
 * power of two (Knuth, TAOCP 2, 3.2.1.2, theorem A).
 */
function scattered(kind: u32, size: u64, stride: u64): void {
  const count = size / stride;
  if (count == 0) return;
  const places = (<u64>1) << (63 - clz(count));
  let place: u64 = 0;
  for (let n: u64 = 0; n < places; n++) {
    access(kind, place * stride);
    place = (place * 5 + 1) & (places - 1);
  }
}

function access(kind: u32, at: u64): void {
  const byte = buffer.load8(at);
  if (kind & WRITES) buffer.store8(at, byte + <u32>at);
  else sum += byte;
}
