/** Which functions can come to call themselves: only their stack can grow beyond what the build has measured. */
import { forEachInstruction, KIND, type Module } from "../../pipeline/wasm/module.ts";

const [CALL, CALL_INDIRECT] = [0x10, 0x11];

/** Indices among the module's own functions. An indirect call may reach whatever of its type is in the table. */
export function recursiveFunctions(module: Module, inTable: readonly number[]): Set<number> {
  const imported = module.imports.filter(({ kind }) => kind === KIND.function).length;
  const callees = module.bodies.map((body) => {
    const called = new Set<number>();
    forEachInstruction(module, body, (opcode, _, r) => {
      if (opcode === CALL) called.add(r.u32() - imported);
      if (opcode !== CALL_INDIRECT) return;
      const type = r.u32();
      for (const index of inTable) if (module.functions[index - imported] === type) called.add(index - imported);
    });
    return called;
  });
  return inCycles(callees);
}

/** Tarjan's strongly connected components, with a stack of its own: what has more than one member, or calls itself. */
function inCycles(edges: readonly ReadonlySet<number>[]): Set<number> {
  const found = new Set<number>();
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const work: { node: number; rest: Iterator<number> }[] = [];
    const enter = (node: number) => {
      order.set(node, order.size);
      low.set(node, order.get(node) as number);
      open.push(node);
      isOpen.add(node);
      work.push({ node, rest: (edges[node] ?? new Set<number>()).values() });
    };
    enter(root);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { node, rest } = top;
      const { value, done } = rest.next();
      if (!done) {
        if (!order.has(value)) enter(value);
        else if (isOpen.has(value)) low.set(node, Math.min(low.get(node) as number, order.get(value) as number));
        continue;
      }
      work.pop();
      const caller = work.at(-1)?.node;
      if (caller !== undefined) low.set(caller, Math.min(low.get(caller) as number, low.get(node) as number));
      if (low.get(node) !== order.get(node)) continue;
      const members = open.splice(open.indexOf(node));
      for (const member of members) {
        isOpen.delete(member);
        if (members.length > 1 || edges[member]?.has(member)) found.add(member);
      }
    }
  }
  return found;
}
