/** Runs subjects on engines, and finds where they disagree with the first one. */
import { type Call, type Engine, type Outcome, type Subject, TOO_DEEP } from "./subject.ts";
import { v8 } from "./v8.ts";

export interface Disagreement {
  readonly subject: Subject;
  readonly engine: Engine;
  /** -1: the start. */
  readonly at: number;
  readonly expected: Outcome;
  readonly got: Outcome;
}

/** A load whose value nobody uses may be dropped: then what traps here need not trap there. */
export type Traps = "precise" | "fast";

export interface Compared {
  readonly disagreements: readonly Disagreement[];
  /** Subjects that were compared in part only on some engine. */
  readonly tooDeep: ReadonlySet<Subject>;
}

export async function compare(
  subjects: readonly Subject[],
  engines: readonly Engine[],
  traps: Traps = "precise",
): Promise<Compared> {
  const expected = await v8.run(subjects);
  const agree = (a: Outcome, b: Outcome) => a === b || b === TOO_DEEP || (traps === "fast" && a === "trap: memory");
  const tooDeep = new Set<Subject>();
  const found = engines.map(async (engine) => {
    const chosen = subjects.filter(({ features }) => engine.features === "all" || features === "common");
    if (chosen.length === 0) return [];
    const outcomes = await engine.run(chosen);
    return chosen.flatMap((subject, i): Disagreement[] => {
      const right = expected[subjects.indexOf(subject)] as Outcome[];
      const got = outcomes[i] as Outcome[];
      if (got.includes(TOO_DEEP)) tooDeep.add(subject);
      const at = right.findIndex((outcome, n) => !agree(outcome, got[n] as Outcome));
      const one = { subject, engine, at: at - 1, expected: right[at] as Outcome, got: got[at] as Outcome };
      return at < 0 ? [] : [one];
    });
  });
  return { disagreements: (await Promise.all(found)).flat(), tooDeep };
}

/** One line: what was called, and what came of it. */
export function wordsOf({ subject, engine, at, expected, got }: Disagreement): string {
  const call = subject.calls[at];
  return `${subject.name}: ${engine.name} gives ${got} for ${call ? callText(subject, call) : "the start"}, V8 ${expected}`;
}

/** As `export(argument, …)`. */
export function callText({ entries }: Subject, { entry, args }: Call): string {
  return `${entries[entry]?.name}(${args.map((arg) => `0x${BigInt.asUintN(64, arg).toString(16)}`).join(", ")})`;
}
