/** Integer arithmetic: multiplication, division and remainder of 32 and 64 bits. */
function power(base: u64, exponent: u32, modulus: u64): u64 {
  let result: u64 = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

function gcd(a: u32, b: u32): u32 {
  while (b != 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

export function integer(): u32 {
  let sum: u32 = 0;
  for (let n: u32 = 1; n <= 1000; n++) {
    sum = sum * 31 + <u32>power(n, 0x10001 * n, 1000003 + 2 * n);
    sum += gcd(n * 2654435761, 360360) + 1000000 / n;
  }
  return sum;
}
