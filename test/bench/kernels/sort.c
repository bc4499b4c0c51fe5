/* sort.ts in C. */
enum { SORT_COUNT = 4096, SHORT = 12 };
static int32_t numbers[SORT_COUNT];

static void sort_fill(void) {
  uint32_t seed = 99;
  for (int i = 0; i < SORT_COUNT; i++) {
    seed = seed * 1664525 + 1013904223;
    numbers[i] = (int32_t)seed >> 4;
  }
}

static void insertion(int32_t *array, int low, int high) {
  for (int i = low + 1; i <= high; i++) {
    int32_t value = array[i];
    int j = i - 1;
    while (j >= low && array[j] > value) {
      array[j + 1] = array[j];
      j--;
    }
    array[j + 1] = value;
  }
}

static int partition(int32_t *array, int low, int high) {
  int32_t pivot = array[(low + high) >> 1];
  int i = low - 1, j = high + 1;
  for (;;) {
    do i++;
    while (array[i] < pivot);
    do j--;
    while (array[j] > pivot);
    if (i >= j) return j;
    int32_t moved = array[i];
    array[i] = array[j];
    array[j] = moved;
  }
}

static void quicksort(int32_t *array, int low, int high) {
  while (high - low > SHORT) {
    int middle = partition(array, low, high);
    quicksort(array, low, middle);
    low = middle + 1;
  }
  insertion(array, low, high);
}

static uint32_t sort(void) {
  sort_fill();
  quicksort(numbers, 0, SORT_COUNT - 1);
  uint32_t sum = 0;
  for (int i = 0; i < SORT_COUNT; i++) sum = sum * 3 + (uint32_t)numbers[i];
  return sum;
}
