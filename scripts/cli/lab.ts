import { nearest } from "../../boards/nearest.ts";
import { UserError } from "../errors.ts";
import { ExperimentFailed } from "../lab/failed.ts";
import { command } from "./command.ts";
import type { Action, Flags } from "./lab/action.ts";
import { report } from "./report.ts";

/** Each is loaded only when it is called. */
const actions: Readonly<Record<string, () => Promise<{ default: Action }>>> = {
  profile: () => import("./lab/profile.ts"),
  bomb: () => import("./lab/bomb.ts"),
  plot: () => import("./lab/plot.ts"),
};

const args = {
  on: { type: "string", valueHint: "ssh:HOST", description: "profile, bomb: the board, as for run" },
  out: {
    type: "string",
    alias: "o",
    valueHint: "FILE",
    description: "profile: the CSV file, with FILE.json beside it; plot: the page (default: FILE.html)",
  },
  seconds: {
    type: "string",
    valueHint: "N",
    description: "profile, bomb: for how long (default: until the log is full, or Ctrl-C)",
  },
  replace: { type: "boolean", description: "profile, bomb: take over a cell that is enabled already" },
  controller: { type: "string", valueHint: "0|1", description: "profile: MMDC0 (the default) or MMDC1" },
  interval: {
    type: "string",
    valueHint: "CYCLES",
    description: "profile: CPU cycles between two samples (default: 256)",
  },
  max: { type: "string", valueHint: "N", description: "profile: most samples (default: as many as there is room for)" },
  bytes: { type: "boolean", description: "profile: count bytes instead of transactions" },
  "axi-id": { type: "string", valueHint: "ID", description: "profile: count only this AXI id (default: 0x2000)" },
  "axi-mask": {
    type: "string",
    valueHint: "MASK",
    description: "profile: the bits of the id that count (default: 0xe007)",
  },
  columns: {
    type: "string",
    valueHint: "lab|stock",
    description: "profile: with time and units (lab, the default), or those of the stock tool",
  },
  "cpu-mhz": {
    type: "string",
    valueHint: "N",
    description: "profile: frequency of the CPUs, for times (default: 1000)",
  },
  model: {
    type: "string",
    valueHint: "NAME",
    description: "profile: the board is a model of this name, say so in the log",
  },
  cell: { type: "string", valueHint: "N", description: "bomb: which one, 0 to 2" },
  size: { type: "string", valueHint: "SIZE", description: "bomb: how much of its 4M it goes through (default: 4M)" },
  reads: { type: "boolean", description: "bomb: read" },
  writes: { type: "boolean", description: "bomb: write; with --reads both" },
  verbose: { type: "boolean", description: "bomb: print on its console what it does" },
  budget: {
    type: "string",
    valueHint: "N",
    description: "bomb: MemGuard lets it have N cache refills a millisecond (default: no limit)",
  },
} as const;

export default command({
  description: `Experiments with the bandwidth of a board's memory: the DDR profiler and the memory bombs of the real-time fork.

  jh-inmate lab profile --on ssh:HOST -o X.csv    lets the profiler of the S32V234 sample, and fetches its log
  jh-inmate lab bomb --on ssh:HOST --cell N       lets memory bomb N of the ZCU102 read and write, until Ctrl-C
  jh-inmate lab plot X.csv                        draws bandwidth over time: X.html, which needs no network

The cell runs on the board already: start it with jh-inmate run --detach. Ctrl-C ends the sampling, and what there is by
then is fetched; a second Ctrl-C fetches nothing. The cell is disabled at the end in any case, also when the connection
breaks. See docs/lab.md.`,
  operands: "profile|bomb|plot ...",
  mostOperands: Number.POSITIVE_INFINITY,
  args,
  run: async ({ _: [name, ...operands], ...given }) => {
    const action = await find(name);
    checkUse(`lab ${name}`, action, operands, given);
    try {
      return await action.run(operands, given);
    } catch (error) {
      if (!(error instanceof ExperimentFailed)) throw error;
      report(error);
      return 1;
    }
  },
});

async function find(name: string | undefined): Promise<Action> {
  const names = Object.keys(actions);
  if (name === undefined) {
    throw new UserError(
      `lab needs what to do, ${names.slice(0, -1).join(", ")} or ${names.at(-1)}: see jh-inmate help lab`,
    );
  }
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (load) return (await load()).default;
  const near = nearest(name, names);
  throw new UserError(
    `lab has no "${name}": ${near === undefined ? "see jh-inmate help lab" : `did you mean "${near}"?`}`,
  );
}

const FLAGS = Object.keys(args) as (keyof Flags)[];

/** Refuses flags and numbers of operands that the action does not take. */
function checkUse(name: string, action: Action, operands: readonly string[], given: Flags): void {
  const { usage, flags } = action;
  for (const flag of FLAGS) {
    if (given[flag] === undefined || given[flag] === false || flags.includes(flag)) continue;
    throw new UserError(`${name} does not take --${flag}: jh-inmate ${name} ${usage}`);
  }
  if (operands.length > action.operands)
    throw new UserError(`${name} does not take "${operands[action.operands]}": jh-inmate ${name} ${usage}`);
  if (operands.length < action.operands) throw new UserError(`${name} is incomplete: jh-inmate ${name} ${usage}`);
}
