/** Functions that call themselves: their stack has no bound that the build could know. In handlers that is refused. */
import { isUserFile } from "./allow.ts";
import { type Context, type Finding, mainReach, rootFrame, unless, WHO } from "./context.ts";
import type { Edge } from "./graph.ts";
import { chainLines, spell } from "./places.ts";
import { cycles, framesOf, Reach } from "./reach.ts";
import { SDK } from "./references.ts";

export function recursion(context: Context): Finding[] {
  const { analysis, places } = context;
  const allowed = unless(context, "recursion");
  // One of many functions that a reference may be: that is no sign of recursion.
  const circles = cycles(analysis.edges, (edge) => edge.certain && allowed(edge)).filter(
    (circle) => !isSdks(context, circle),
  );
  const main = mainReach(context, allowed);
  return circles.flatMap((circle): Finding[] => {
    const [first] = circle as [Edge, ...Edge[]];
    const own = circle
      .map((edge) => places.frame(edge.from, edge.offset))
      .find(({ position }) => position && isUserFile(position.file));
    const { name, position } = own ?? places.frame(first.from, first.offset);
    const where = position ? `${spell(position)}: ` : "";
    const others = [...new Set(circle.map(({ from }) => places.functionName(from)))].filter((other) => other !== name);
    const calls = `${name} calls itself${others.length > 0 ? ` through ${others.join(" and ")}` : ""}`;
    for (const root of analysis.references.roots) {
      const reach = new Reach(analysis.edges, [root.fn], allowed);
      if (!reach.has(first.from)) continue;
      const message = `${where}${calls} in ${WHO[root.kind]}, whose stack is small: write it as a loop`;
      const chain = framesOf([...reach.chain(first.from), ...circle], places);
      return [{ severity: "error", message, detail: chainLines([...chain, ...rootFrame(context, root)]) }];
    }
    if (!main.has(first.from)) return [];
    const message = `${where}${calls}: how much stack that needs is not known; if it ends soon, say why: // jh-allow recursion: …`;
    return [{ severity: "note", message, detail: [] }];
  });
}

/** The console starts itself when it is first used, and that may print: the SDK enters such a circle once. */
function isSdks({ analysis }: Context, circle: readonly Edge[]): boolean {
  return circle.every(({ from }) => analysis.program.functions[from]?.name.startsWith(SDK));
}
