/**
 * Numbers as text. In a template that goes to the console, `dec` and `hex` are printed digit by digit; elsewhere they
 * return a string.
 */

/** `value` in decimal, right-aligned in `width` columns. Allocates the string. */
export function dec<T>(value: T, width: i32 = 0): string {
  // @ts-expect-error: every number has the method
  return value.toString().padStart(width);
}

/** The bits of an integer in small hexadecimal digits, with leading zeros up to `digits` (16 at most), without
 * 0x. Allocates the string. */
export function hex<T>(value: T, digits: i32 = 1): string {
  let bits = bitsOf<T>(value);
  const length = max(min(digits, 16), hexLength(bits));
  const text = allocate(length);
  for (let i = length - 1; i >= 0; i--) {
    store<u16>(text + (i << 1), digitOf(<u32>bits & 15));
    bits >>= 4;
  }
  return changetype<string>(text);
}

/** A string of `length` UTF-16 code units, to be filled by the caller. */
export function allocate(length: usize): usize {
  // @ts-expect-error: the runtime's allocator is no global of plain TypeScript
  return __new(length << 1, idof<string>());
}

/** The value's own bits: -1 of type i32 has 32 of them. */
export function bitsOf<T>(value: T): u64 {
  const unused = 64 - ((<u64>sizeof<T>()) << 3);
  return ((<u64>value) << unused) >> unused;
}

/** Digits that the value needs: 1 to 16. */
export function hexLength(bits: u64): i32 {
  return <i32>(16 - (clz(bits | 1) >> 2));
}

/** A digit as a character. */
export function digitOf(value: u32): u32 {
  return value + (value < 10 ? 0x30 : 0x57);
}
