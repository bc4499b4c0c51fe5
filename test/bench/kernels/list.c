/* list.ts in C. */
struct node {
  struct node *next;
  uint32_t value;
};

enum { LIST_COUNT = 1024, LIST_ROUNDS = 128 };
static struct node nodes[LIST_COUNT];
static struct node *head;

static void list_prepare(void) {
  uint32_t seed = 12345;
  for (uint32_t i = 0; i < LIST_COUNT; i++) {
    struct node *node = &nodes[i];
    *node = (struct node){0, i * 7};
    if (i == 0) {
      head = node;
      continue;
    }
    seed = seed * 1664525 + 1013904223;
    struct node *before = &nodes[(seed >> 8) % i];
    node->next = before->next;
    before->next = node;
  }
}

static uint32_t list(void) {
  uint32_t sum = 0;
  for (int round = 0; round < LIST_ROUNDS; round++) {
    for (const struct node *node = head; node; node = node->next) sum = sum * 5 + node->value;
  }
  return sum;
}
