/** Sorting: quicksort of random numbers, insertion sort for short ranges. */
const COUNT = 4096;
const SHORT = 12;
const numbers = new StaticArray<i32>(COUNT);

function fill(): void {
  let seed: u32 = 99;
  for (let i = 0; i < COUNT; i++) {
    seed = seed * 1664525 + 1013904223;
    numbers[i] = <i32>seed >> 4;
  }
}

function insertion(array: StaticArray<i32>, low: i32, high: i32): void {
  for (let i = low + 1; i <= high; i++) {
    const value = unchecked(array[i]);
    let j = i - 1;
    while (j >= low && unchecked(array[j]) > value) {
      unchecked((array[j + 1] = array[j]));
      j--;
    }
    unchecked((array[j + 1] = value));
  }
}

/** Hoare's partition: up to the index that it gives no element is larger than any behind it. */
function partition(array: StaticArray<i32>, low: i32, high: i32): i32 {
  const pivot = unchecked(array[(low + high) >> 1]);
  let i = low - 1;
  let j = high + 1;
  while (true) {
    do i++;
    while (unchecked(array[i]) < pivot);
    do j--;
    while (unchecked(array[j]) > pivot);
    if (i >= j) return j;
    const moved = unchecked(array[i]);
    unchecked((array[i] = array[j]));
    unchecked((array[j] = moved));
  }
}

function quicksort(array: StaticArray<i32>, low: i32, high: i32): void {
  while (high - low > SHORT) {
    const middle = partition(array, low, high);
    quicksort(array, low, middle);
    low = middle + 1;
  }
  insertion(array, low, high);
}

export function sort(): u32 {
  fill();
  quicksort(numbers, 0, COUNT - 1);
  let sum: u32 = 0;
  for (let i = 0; i < COUNT; i++) sum = sum * 3 + numbers[i];
  return sum;
}
