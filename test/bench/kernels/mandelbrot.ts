/** Floating point, 64 bits: additions, multiplications, comparisons, and conversions from and to integers. */
const SIZE = 64;
const MOST_STEPS = 100;

function escape(cx: f64, cy: f64): i32 {
  let x = cx;
  let y = cy;
  let steps = 0;
  while (steps < MOST_STEPS && x * x + y * y < 4.0) {
    const next = x * x - y * y + cx;
    y = 2.0 * x * y + cy;
    x = next;
    steps++;
  }
  return steps;
}

export function mandelbrot(): u32 {
  let sum: u32 = 0;
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const cx = (3.0 * column) / SIZE - 2.0;
      const cy = (2.0 * row) / SIZE - 1.0;
      sum = sum * 3 + escape(cx, cy) + <i32>(cx * cy * 1000.0);
    }
  }
  return sum;
}
