/** `npm run fuzz -- --minutes N [--seed S]`, or `--seed S --count N [--variant V]` for certain subjects; `--reduce SECONDS` with either. */
import { parseArgs } from "node:util";
import { stageProgress } from "../../scripts/cli/progress.ts";
import { report } from "../../scripts/cli/report.ts";
import { messageOf, UserError } from "../../scripts/errors.ts";
import { type Disagreement, type Traps, wordsOf } from "./compare.ts";
import { commandOf, ROUND, round, VARIANTS, type VariantName, variantOf } from "./fuzz.ts";
import { keepFound, keepReduced } from "./keep.ts";
import { reduce } from "./reduce.ts";

interface Options {
  readonly seed: number;
  /** Undefined: until the time is up. */
  readonly count: number | undefined;
  readonly minutes: number;
  /** Undefined: rounds take turns. */
  readonly variant: VariantName | undefined;
  /** Seconds to make a module smaller that engines disagree about. Undefined: it stays as it is. */
  readonly reduce: number | undefined;
}

const USAGE =
  "write npm run fuzz -- --minutes N [--seed S], or --seed S --count N [--variant precise|small|fast]; add --reduce SECONDS to reduce what is found";

function options(): Options {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string" },
        count: { type: "string" },
        minutes: { type: "string" },
        variant: { type: "string" },
        reduce: { type: "string" },
      },
    });
    const seed = values.seed === undefined ? Math.floor(Math.random() * 1e8) * ROUND : numberOf("seed", values.seed);
    const variant = values.variant;
    if (variant !== undefined && !(variant in VARIANTS)) throw new Error(`there is no variant "${variant}"`);
    const count = values.count === undefined ? undefined : numberOf("count", values.count);
    const minutes = values.minutes === undefined ? 1 : numberOf("minutes", values.minutes);
    const reduce = values.reduce === undefined ? undefined : numberOf("reduce", values.reduce);
    return { seed, count, minutes, variant: variant as VariantName | undefined, reduce };
  } catch (error) {
    throw new UserError(`fuzz: ${messageOf(error)}; ${USAGE}`);
  }
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !Number.isSafeInteger(name === "minutes" ? Math.ceil(value) : value))
    throw new Error(`--${name} ${text} is no number`);
  return value;
}

/** Subjects of each round, one round after the other. */
function* rounds({ seed, count = Number.POSITIVE_INFINITY }: Options): Generator<number[]> {
  for (let first = seed; first < seed + count; ) {
    const length = Math.min(ROUND - (first % ROUND), seed + count - first);
    yield Array.from({ length }, (_, i) => first + i);
    first += length;
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Makes a module smaller; gives what came of it. */
async function reducedWords({ subject, engine }: Disagreement, traps: Traps, seconds: number): Promise<string> {
  try {
    return `reduced: ${await keepReduced(await reduce(subject, engine, traps, seconds))}`;
  } catch (error) {
    return `not reduced: ${messageOf(error)}`;
  }
}

async function main(): Promise<void> {
  const chosen = options();
  const progress = stageProgress();
  const end = performance.now() + chosen.minutes * 60_000;
  const done = { modules: 0, programs: 0, calls: 0, found: 0, tooDeep: 0 };
  const sum = () =>
    `${done.modules} modules, ${done.programs} programs, ${done.calls} calls on 8 engines, ${done.found} disagreements` +
    (done.tooDeep > 0 ? ` (${done.tooDeep} called too deep for wasm3 in a cell)` : "");
  try {
    for (const seeds of rounds(chosen)) {
      if (chosen.count === undefined && performance.now() >= end) break;
      const variant = chosen.variant ?? variantOf(seeds[0] as number);
      progress.stage(`seed ${seeds[0]} (${variant}): ${sum()}`);
      const { subjects, disagreements, tooDeep } = await round(seeds, variant);
      for (const subject of subjects) {
        done[subject.source === undefined ? "modules" : "programs"]++;
        done.calls += subject.calls.length;
      }
      done.found += disagreements.length;
      done.tooDeep += tooDeep.size;
      progress.end();
      for (const subject of subjects) {
        const found = disagreements.filter((one) => one.subject === subject);
        // To reduce it, a process of this machine answers at once; a cell has to start first.
        const fastest = found.find(({ engine }) => engine.name.includes("host")) ?? found[0];
        if (!fastest) continue;
        for (const one of found) say(wordsOf(one));
        say(`  again: ${commandOf(seeds, variant)}`);
        say(`  kept: ${await keepFound(subject, found)}`);
        if (chosen.reduce === undefined) continue;
        progress.stage(`reducing ${subject.name}, ${chosen.reduce} s at most`);
        const words = await reducedWords(fastest, VARIANTS[variant].traps, chosen.reduce);
        progress.end();
        say(`  ${words}`);
      }
    }
  } finally {
    progress.end();
  }
  say(`${sum()}; seeds from ${chosen.seed}`);
  if (done.found > 0) process.exitCode = 1;
}

await main().catch((error) => {
  process.exitCode = report(error);
});
