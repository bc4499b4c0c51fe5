/**
 * Handlers and further CPUs allocate nothing, collect nothing, and store no references under a runtime that collects: they run in the middle of
 * whatever the main program does with its heap. In an endless loop of the main program, what is never freed uses the memory up.
 */
import { type Context, type Finding, mainReach, rootFrame, unless, WHO } from "./context.ts";
import type { Edge } from "./graph.ts";
import { insideLoop } from "./loops.ts";
import { blamed, chainLines, spell } from "./places.ts";
import { framesOf, Reach } from "./reach.ts";

type Deed = "allocation" | "reference" | "collection";

/** Functions of AssemblyScript's runtime by their last name; what is not here reads headers only. */
const DEEDS: ReadonlyMap<string, Deed> = new Map([
  ...["__alloc", "__new", "__realloc", "__renew", "__free"].map((name) => [name, "allocation"] as const),
  ...["__link", "__pin", "__unpin", "__visit"].map((name) => [name, "reference"] as const),
  ["__collect", "collection"],
]);
const RUNTIME = /^~lib\/rt\/.*?(__\w+)$/;

/** In the stub runtime the functions for references and collection are empty. */
function deedOf(name: string, { runtime }: Context): Deed | undefined {
  const deed = DEEDS.get(RUNTIME.exec(name)?.[1] ?? "");
  return runtime === "stub" && deed !== "allocation" ? undefined : deed;
}

const HANDLER_TEXT: Readonly<Record<Deed, string>> = {
  allocation: "allocates memory: ",
  reference:
    'stores a reference, which the collector does not see: store numbers here, or set runtime: "stub" in jh-inmate.config.ts',
  collection: "collects garbage: call __collect() at top level only",
};

/** What to do about an allocation, by what the chain goes through. */
const REMEDIES: readonly (readonly [through: RegExp, remedy: string])[] = [
  [/^~lib\/jh-inmate\/irq\/on$/, "irq.on makes its table; call it at top level"],
  [/^~lib\/array\/Array<.*>#/, "an Array may grow; use a StaticArray, which does not"],
  [
    /^~lib\/string\/|^~lib\/util\/number\/\w*toa/,
    "a string is made; print its parts with console.log(`…`), which makes none",
  ],
  [/^/, "make it at top level, where the program starts, and use it again here"],
];

function remedyFor({ analysis }: Context, chain: readonly Edge[]): string {
  const names = chain.map(({ to }) => analysis.program.functions[to]?.name ?? "");
  return REMEDIES.find(([through]) => names.some((name) => through.test(name)))?.[1] ?? "";
}

export function handlerAllocation(context: Context): Finding[] {
  const { analysis, places } = context;
  const findings = new Map<string, Finding>();
  for (const root of analysis.references.roots) {
    const reach = new Reach(analysis.edges, [root.fn], unless(context, "allocation"));
    for (const [fn, deed] of firstDeeds(context, reach)) {
      const calls = reach.chain(fn);
      const chain = framesOf(calls, places);
      const at = blamed(chain) ?? rootFrame(context, root)[0]?.position;
      const remedy = deed === "allocation" ? remedyFor(context, calls) : "";
      const message = `${at ? `${spell(at)}: ` : ""}${WHO[root.kind]} ${HANDLER_TEXT[deed]}${remedy}`;
      if (!findings.has(message))
        findings.set(message, {
          severity: "error",
          message,
          detail: chainLines([...chain, ...rootFrame(context, root)]),
        });
    }
  }
  return [...findings.values()];
}

/** Functions of the runtime that something else calls: where a chain enters it. */
function* firstDeeds(context: Context, reach: Reach): Iterable<[number, Deed]> {
  const { functions } = context.analysis.program;
  for (const fn of reach.all) {
    const deed = deedOf(functions[fn]?.name ?? "", context);
    const from = reach.chain(fn).at(-1)?.from;
    if (deed && (from === undefined || !functions[from]?.name.startsWith("~lib/rt/"))) yield [fn, deed];
  }
}

/** `__collect` frees what only locals of callers refer to. */
export function collectionPlace(context: Context): Finding[] {
  const { analysis, places } = context;
  const { functions } = analysis.program;
  const calls = analysis.edges.flat().filter(({ to }) => deedOf(functions[to]?.name ?? "", context) === "collection");
  return calls.flatMap(({ from, offset }): Finding[] => {
    const at = places.at(from, offset);
    const name = functions[from]?.name ?? "";
    if (!at || /^start:[^~]*$/.test(name) || name.startsWith("~lib/rt/")) return [];
    const message = `${spell(at)}: ${places.functionName(from)} collects garbage, and would free what its callers hold: call __collect() at top level only`;
    return [{ severity: "error", message, detail: chainLines([places.frame(from, offset)]) }];
  });
}

const REMEDY = {
  stub: 'nothing is ever freed: make it before the loop and use it again, or set runtime: "minimal" in jh-inmate.config.ts and call __collect() in the loop',
  minimal: "nothing collects it: call __collect() in the loop, or make it before the loop and use it again",
} as const;

export function endlessAllocation(context: Context): Finding[] {
  const { analysis, places, runtime } = context;
  const follow = unless(context, "allocation");
  const main = mainReach(context);
  const findings: Finding[] = [];
  for (const fn of main.all) {
    for (const [index, { hasExit }] of (analysis.traces[fn]?.loops ?? []).entries()) {
      if (hasExit) continue;
      const inside = (analysis.edges[fn] ?? []).filter(
        (edge) => insideLoop(analysis.traces[fn], edge.loop, index) && follow(edge),
      );
      if (inside.some((edge) => deeds(context, edge).has("collection"))) continue;
      const guilty = inside.find((edge) => deeds(context, edge).has("allocation"));
      if (!guilty) continue;
      const reach = new Reach(analysis.edges, [guilty.to], follow);
      const target = [...firstDeeds(context, reach)].find(([, deed]) => deed === "allocation")?.[0];
      const chain = framesOf([...main.chain(fn), guilty, ...(target === undefined ? [] : reach.chain(target))], places);
      const at = blamed(chain);
      if (!at) continue;
      findings.push({
        severity: "warning",
        message: `${spell(at)}: allocates memory in an endless loop, and ${REMEDY[runtime]}`,
        detail: chainLines(chain),
      });
    }
  }
  return findings;
}

function deeds(context: Context, edge: Edge): Set<Deed> {
  const reach = new Reach(context.analysis.edges, [edge.to], unless(context, "allocation"));
  return new Set([...firstDeeds(context, reach)].map(([, deed]) => deed));
}
