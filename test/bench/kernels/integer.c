/* integer.ts in C. */
static uint64_t power(uint64_t base, uint32_t exponent, uint64_t modulus) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = result * base % modulus;
    base = base * base % modulus;
  }
  return result;
}

static uint32_t gcd(uint32_t a, uint32_t b) {
  while (b != 0) {
    uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static uint32_t integer(void) {
  uint32_t sum = 0;
  for (uint32_t n = 1; n <= 1000; n++) {
    sum = sum * 31 + (uint32_t)power(n, 0x10001 * n, 1000003 + 2 * n);
    sum += gcd(n * 2654435761u, 360360) + 1000000 / n;
  }
  return sum;
}
