/** Pointer chasing: a linked list in random order. */
class Node {
  next: Node | null = null;
  constructor(public value: u32) {}
}

const COUNT = 1024;
const ROUNDS = 128;
let head: Node | null = null;
link();

/** Each new node comes behind one that a generator of random numbers picks. */
function link(): void {
  const nodes = new StaticArray<Node>(COUNT);
  let seed: u32 = 12345;
  for (let i = 0; i < COUNT; i++) {
    const node = new Node(i * 7);
    nodes[i] = node;
    if (i == 0) {
      head = node;
      continue;
    }
    seed = seed * 1664525 + 1013904223;
    const before = nodes[(seed >> 8) % i];
    node.next = before.next;
    before.next = node;
  }
}

export function list(): u32 {
  let sum: u32 = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let node = head;
    while (node) {
      sum = sum * 5 + node.value;
      node = node.next;
    }
  }
  return sum;
}
