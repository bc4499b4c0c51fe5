/** Matrix multiplication, 64-bit floats, rows behind each other. Checksum: the sum's bits. */
const SIZE = 48;
const a = new StaticArray<f64>(SIZE * SIZE);
const b = new StaticArray<f64>(SIZE * SIZE);
const product = new StaticArray<f64>(SIZE * SIZE);
for (let i = 0; i < SIZE * SIZE; i++) {
  a[i] = <f64>(i % 17) * 0.5;
  b[i] = <f64>(i % 13) - 6.0;
}

function multiply(left: StaticArray<f64>, right: StaticArray<f64>, result: StaticArray<f64>): void {
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      let sum: f64 = 0;
      for (let k = 0; k < SIZE; k++) sum += unchecked(left[row * SIZE + k] * right[k * SIZE + column]);
      unchecked((result[row * SIZE + column] = sum));
    }
  }
}

export function matrix(): u32 {
  multiply(a, b, product);
  let sum: f64 = 0;
  for (let i = 0; i < SIZE * SIZE; i++) sum += unchecked(product[i]) * <f64>(i & 3);
  const bits = reinterpret<u64>(sum);
  return <u32>(bits ^ (bits >> 32));
}
