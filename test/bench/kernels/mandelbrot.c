/* mandelbrot.ts in C. */
enum { MANDELBROT_SIZE = 64, MANDELBROT_MOST_STEPS = 100 };

static int escape(double cx, double cy) {
  double x = cx, y = cy;
  int steps = 0;
  while (steps < MANDELBROT_MOST_STEPS && x * x + y * y < 4.0) {
    double next = x * x - y * y + cx;
    y = 2.0 * x * y + cy;
    x = next;
    steps++;
  }
  return steps;
}

static uint32_t mandelbrot(void) {
  uint32_t sum = 0;
  for (int row = 0; row < MANDELBROT_SIZE; row++) {
    for (int column = 0; column < MANDELBROT_SIZE; column++) {
      double cx = 3.0 * column / MANDELBROT_SIZE - 2.0;
      double cy = 2.0 * row / MANDELBROT_SIZE - 1.0;
      sum = sum * 3 + escape(cx, cy) + (int)(cx * cy * 1000.0);
    }
  }
  return sum;
}
