import { UserError } from "../../errors.ts";
import { type Destination, parseDestination } from "../../run/ssh.ts";

/** The flags of all of `lab`'s actions. */
export const args = {
  on: { type: "string", valueHint: "ssh:HOST", description: "profile, bomb: the board, as for run" },
  out: {
    type: "string",
    alias: "o",
    valueHint: "FILE",
    description:
      "profile, contention: the CSV file, with FILE.json beside it (contention: FILE.html, too); plot: the page (default: FILE.html)",
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
  size: {
    type: "string",
    valueHint: "SIZE",
    description:
      "bomb: how much of its 4M it goes through (default: 4M); contention: the victim's working sets, one after the other (default: 448K,2M)",
  },
  loads: { type: "string", valueHint: "N", description: "contention: loads that are measured (default: 50000)" },
  reads: { type: "boolean", description: "bomb: read" },
  writes: { type: "boolean", description: "bomb: write; with --reads both" },
  verbose: { type: "boolean", description: "bomb: print on its console what it does" },
  budget: {
    type: "string",
    valueHint: "N",
    description:
      "bomb: MemGuard lets it have N cache refills a millisecond (default: no limit); contention: such budgets (default: 10000,5000,1000)",
  },
} as const;

/** As they were given. */
export type Flags = {
  readonly [Name in keyof typeof args]?: ((typeof args)[Name]["type"] extends "boolean" ? boolean : string) | undefined;
};
export const FLAGS = Object.keys(args) as (keyof Flags)[];

export function destinationFlag(on: string | undefined, action: string): Destination {
  if (on?.startsWith("ssh:")) return parseDestination(on.slice("ssh:".length));
  throw new UserError(
    on === undefined
      ? `lab ${action} needs the board: --on ssh:HOST`
      : `--on ${on} is no board: lab ${action} takes ssh:[USER@]HOST`,
  );
}

/** A whole number from a flag, decimal or after 0x. */
export function numberFlag(
  flags: Flags,
  name: keyof Flags & string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const text = flags[name];
  if (text === undefined) return otherwise;
  const number = /^(\d+|0x[\da-f]+)$/i.test(String(text)) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UserError(`--${name} ${text}: give a whole number from ${least} to ${most}`);
}
