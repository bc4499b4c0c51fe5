/* sieve.ts in C. */
enum { SIEVE_LIMIT = 32 * 1024 };
static bool composite[SIEVE_LIMIT];

static uint32_t sieve(void) {
  memset(composite, false, sizeof composite);
  uint32_t sum = 0;
  for (int n = 2; n < SIEVE_LIMIT; n++) {
    if (composite[n]) continue;
    sum += n;
    for (int multiple = 2 * n; multiple < SIEVE_LIMIT; multiple += n) composite[multiple] = true;
  }
  return sum;
}
