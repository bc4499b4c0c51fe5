/** Strongly connected components of a directed graph (Tarjan), each before those that lead to it: callees before callers. */
export function components(count: number, targets: (node: number) => Iterable<number>): number[][] {
  const found: number[][] = [];
  const index = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const open = new Set<number>();
  let next = 0;
  interface Visit {
    readonly node: number;
    readonly rest: Iterator<number>;
  }
  const enter = (node: number): Visit => {
    index[node] = low[node] = next++;
    open.add(node);
    return { node, rest: targets(node)[Symbol.iterator]() };
  };
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    const path = [enter(root)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { node, rest } = visit;
      const step = rest.next();
      if (!step.done) {
        if (index[step.value] === -1) path.push(enter(step.value));
        else if (open.has(step.value)) low[node] = Math.min(low[node] as number, index[step.value] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] !== index[node]) continue;
      const members = [...open].slice([...open].indexOf(node));
      for (const member of members) open.delete(member);
      found.push(members);
    }
  }
  return found;
}
