/** The sieve of Eratosthenes. */
const LIMIT = 32 * 1024;
const composite = new StaticArray<bool>(LIMIT);

export function sieve(): u32 {
  composite.fill(false);
  let sum: u32 = 0;
  for (let n = 2; n < LIMIT; n++) {
    if (unchecked(composite[n])) continue;
    sum += n;
    for (let multiple = 2 * n; multiple < LIMIT; multiple += n) unchecked((composite[multiple] = true));
  }
  return sum;
}
