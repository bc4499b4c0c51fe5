/* matrix.ts in C. */
enum { MATRIX_SIZE = 48 };
static double a[MATRIX_SIZE * MATRIX_SIZE], b[MATRIX_SIZE * MATRIX_SIZE], product[MATRIX_SIZE * MATRIX_SIZE];

static void matrix_prepare(void) {
  for (int i = 0; i < MATRIX_SIZE * MATRIX_SIZE; i++) {
    a[i] = (i % 17) * 0.5;
    b[i] = (i % 13) - 6.0;
  }
}

static void multiply(const double *left, const double *right, double *result) {
  for (int row = 0; row < MATRIX_SIZE; row++) {
    for (int column = 0; column < MATRIX_SIZE; column++) {
      double sum = 0;
      for (int k = 0; k < MATRIX_SIZE; k++) sum += left[row * MATRIX_SIZE + k] * right[k * MATRIX_SIZE + column];
      result[row * MATRIX_SIZE + column] = sum;
    }
  }
}

static uint32_t matrix(void) {
  multiply(a, b, product);
  double sum = 0;
  for (int i = 0; i < MATRIX_SIZE * MATRIX_SIZE; i++) sum += product[i] * (i & 3);
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return (uint32_t)(bits ^ bits >> 32);
}
