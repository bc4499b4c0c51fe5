import { LineReader } from "./lines.ts";
import { Prefixer } from "./prefixer.ts";
import type { CellJob, Outcome } from "./target.ts";

const LF = 10;

/** How a run ended, for whoever reads our output. */
export interface Ending {
  outcome: Outcome;
  exit: number;
  /** By the clock of this machine, from when the target had started. */
  seconds: number;
  /** The pattern of `--expect` when nothing matched. */
  unmatched?: RegExp;
}

/** Where the console goes, and the end of the run. */
export interface Output {
  write(cell: number, bytes: Uint8Array): void;
  /** A line of the target's own, which `end` gets again among the outcome's notes. */
  note(line: string): void;
  end(ending: Ending): void;
}

export function outputFor(jobs: readonly CellJob[], how: { json: boolean; sharedConsole: boolean }): Output {
  if (how.json) return jsonOutput(jobs);
  return textOutput(jobs, jobs.length > 1 && !how.sharedConsole);
}

/** The console to stdout as it arrives; our own lines to stderr. */
function textOutput(jobs: readonly CellJob[], prefixed: boolean): Output {
  const prefixer = prefixed ? new Prefixer(jobs.map(({ name }) => name)) : undefined;
  let midLine = false;
  const said = new Set<string>();
  const say = (text: string) => {
    // On a terminal our words would go on in the inmate's unfinished line.
    process.stderr.write(midLine && process.stdout.isTTY ? `\n${text}` : text);
    midLine = false;
  };
  return {
    write: (cell, bytes) => {
      midLine = bytes.at(-1) !== LF;
      process.stdout.write(prefixer ? prefixer.push(cell, bytes) : bytes);
    },
    note: (line) => {
      said.add(line);
      say(`${line}\n`);
    },
    end: (ending) => say(endLines(jobs, ending, said)),
  };
}

function endLines(
  jobs: readonly CellJob[],
  { outcome, seconds, unmatched }: Ending,
  said: ReadonlySet<string>,
): string {
  const time = `after ${seconds.toFixed(1)} s`;
  const ended = outcome.left ? "left there" : "stopped";
  const words = (state: string) => (state.startsWith("running") ? `${state}, ${ended} ${time}` : `${state} ${time}`);
  const lost = (cpus: readonly number[] = []) => (cpus.length === 0 ? "" : `, CPU ${cpus.join(", ")} parked`);
  const stays = outcome.states.some((state) => state.startsWith("running"));
  const lines = [
    ...outcome.notes.filter((note) => !said.has(note)),
    ...(outcome.refusedShutdown && stays ? ["a cell refused to shut down"] : []),
    ...outcome.states.map(
      (state, i) => `${jobs[i]?.name}: ${words(state)}${state === "failed" ? "" : lost(outcome.parked?.[i])}`,
    ),
    ...(unmatched ? [`no line matched --expect ${unmatched.source}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** One JSON object when the run has ended, nothing before. */
function jsonOutput(jobs: readonly CellJob[]): Output {
  const consoles = jobs.map(() => ({ reader: new LineReader(), lines: [] as string[] }));
  return {
    write: (cell, bytes) => {
      const to = consoles[cell];
      to?.lines.push(...to.reader.push(bytes));
    },
    note: () => {},
    end: ({ outcome, exit, seconds }) => {
      const cells = jobs.map(({ name, cell }, i) => {
        const { reader, lines = [] } = consoles[i] ?? {};
        const last = reader?.unfinished ?? "";
        const parkedCpus = outcome.parked?.[i] ?? [];
        return {
          name,
          cell: cell.name,
          state: outcome.states[i],
          parkedCpus,
          lines: last === "" ? lines : [...lines, last],
        };
      });
      const { notes, refusedShutdown = false } = outcome;
      const result = { cells, notes, refusedShutdown, seconds: Number(seconds.toFixed(3)), exit };
      process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    },
  };
}
