/** Struct walking: fields of several widths in the records of a binary search tree; lookups, and a walk over all by recursion. */
class Item {
  left: Item | null = null;
  right: Item | null = null;
  weight: u16;
  colour: u8;
  hits: u64 = 0;
  constructor(public key: u32) {
    this.weight = <u16>(key >> 3);
    this.colour = <u8>(key & 7);
  }
}

const COUNT = 2048;
const LOOKUPS = 8192;
let root: Item | null = null;
grow();

function grow(): void {
  let seed: u32 = 1;
  for (let i = 0; i < COUNT; i++) {
    seed = seed * 1664525 + 1013904223;
    insert(new Item(seed >> 8));
  }
}

function insert(item: Item): void {
  let parent: Item | null = null;
  let place = root;
  while (place) {
    parent = place;
    place = item.key < place.key ? place.left : place.right;
  }
  if (parent == null) root = item;
  else if (item.key < parent.key) parent.left = item;
  else parent.right = item;
}

function find(key: u32): Item | null {
  let item = root;
  while (item && item.key != key) item = key < item.key ? item.left : item.right;
  return item;
}

function total(item: Item | null): u64 {
  if (item == null) return 0;
  const own = item.colour == 3 ? item.hits * item.weight : item.hits + item.weight;
  item.hits = 0;
  return total(item.left) * 3 + own + total(item.right);
}

export function tree(): u32 {
  let seed: u32 = 1;
  for (let i = 0; i < LOOKUPS; i++) {
    seed = i % COUNT == 0 ? 1664525 + 1013904223 : seed * 1664525 + 1013904223;
    const item = find(seed >> 8);
    if (item) item.hits += item.colour;
  }
  return <u32>total(root);
}
