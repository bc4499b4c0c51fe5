/* tree.ts in C. */
struct item {
  struct item *left, *right;
  uint16_t weight;
  uint8_t colour;
  uint64_t hits;
  uint32_t key;
};

enum { TREE_COUNT = 2048, LOOKUPS = 8192 };
static struct item items[TREE_COUNT];
static struct item *root_item;

static void insert(struct item *item) {
  struct item *parent = 0, *place = root_item;
  while (place) {
    parent = place;
    place = item->key < place->key ? place->left : place->right;
  }
  if (!parent) root_item = item;
  else if (item->key < parent->key) parent->left = item;
  else parent->right = item;
}

static void tree_prepare(void) {
  uint32_t seed = 1;
  for (int i = 0; i < TREE_COUNT; i++) {
    seed = seed * 1664525 + 1013904223;
    uint32_t key = seed >> 8;
    items[i] = (struct item){.key = key, .weight = (uint16_t)(key >> 3), .colour = key & 7};
    insert(&items[i]);
  }
}

static struct item *find(uint32_t key) {
  struct item *item = root_item;
  while (item && item->key != key) item = key < item->key ? item->left : item->right;
  return item;
}

static uint64_t total(struct item *item) {
  if (!item) return 0;
  uint64_t own = item->colour == 3 ? item->hits * item->weight : item->hits + item->weight;
  item->hits = 0;
  return total(item->left) * 3 + own + total(item->right);
}

static uint32_t tree(void) {
  uint32_t seed = 1;
  for (int i = 0; i < LOOKUPS; i++) {
    seed = i % TREE_COUNT == 0 ? 1664525u + 1013904223u : seed * 1664525 + 1013904223;
    struct item *item = find(seed >> 8);
    if (item) item->hits += item->colour;
  }
  return (uint32_t)total(root_item);
}
