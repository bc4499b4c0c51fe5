/** Numbers as text. In a template that goes to the console, `dec` and `hex` are printed digit by digit; elsewhere they return a string. */

/** `value` in decimal, right-aligned in `width` columns. Allocates the string. */
export function dec<T>(value: T, width: i32 = 0): string {
  // @ts-expect-error: every number has the method
  return value.toString().padStart(width);
}

/** The bits of an integer in small hexadecimal digits, with leading zeros up to `digits`, without 0x. Allocates the string. */
export function hex<T>(value: T, digits: i32 = 1): string {
  const bits = bitsOf<T>(value);
  const length = max(digits, hexLength(bits));
  const text = allocate(length);
  for (let i = 0; i < length; i++) store<u16>(text + (i << 1), hexDigit(bits, length - 1 - i));
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

/** Digit `index`, counted from the right, as a character. */
export function hexDigit(bits: u64, index: i32): u32 {
  const digit = index < 16 ? <u32>(bits >> (index << 2)) & 15 : 0;
  return digit + (digit < 10 ? 0x30 : 0x57);
}
