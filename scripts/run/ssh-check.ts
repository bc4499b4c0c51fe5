/** Whether the target of `--on ssh:HOST` can take the cells, before anything is changed there. */
import { checkConfigurations } from "../../boards/check/index.ts";
import { overlap, type Range, rangeText } from "../../boards/check/ranges.ts";
import { formatNumbers } from "../../boards/define/checks.ts";
import { type CellConfig, type FormatName, formats } from "../../boards/index.ts";
import { archOf, type TargetCell, type TargetFacts } from "./ssh-facts.ts";
import type { CellJob } from "./target.ts";

export interface Check {
  /** What makes the run impossible, one line each; they name the host. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

interface Situation {
  readonly host: string;
  readonly facts: TargetFacts;
  readonly jobs: readonly CellJob[];
  readonly root: TargetCell | undefined;
  /** The cells that stay. */
  readonly others: readonly TargetCell[];
  readonly replace: boolean;
}

type Look = (situation: Situation) => readonly string[];

export function checkTarget(host: string, facts: TargetFacts, jobs: readonly CellJob[], replace: boolean): Check {
  const root = facts.cells.find(({ id }) => id === 0);
  const isReplaced = ({ name }: TargetCell) => replace && jobs.some(({ cell }) => cell.name === name);
  const others = facts.cells.filter((cell) => cell !== root && !isReplaced(cell));
  const situation = { host, facts, jobs, root, others, replace };
  const errors = [missingTool, wrongArch, disabled].flatMap((look) => look(situation));
  // What follows would only repeat that the board is another one, or is not there.
  if (errors.length > 0) return { errors, warnings: [] };
  return {
    errors: [wrongFormat, takenNames, locked, takenCpus, takenMemory].flatMap((look) => look(situation)),
    warnings: [otherRoot, againstBoard].flatMap((look) => look(situation)),
  };
}

const missingTool: Look = ({ host, facts }) =>
  facts.tool === undefined
    ? [`${host}: there is no jailhouse command: install Jailhouse's tools there (make install)`]
    : [];

const wrongArch: Look = ({ host, facts: { machine }, jobs }) => {
  const arch = archOf(machine);
  if (arch === undefined) return [];
  return jobs
    .filter(({ cell }) => cell.arch !== arch)
    .map(
      ({ cell, board }) =>
        `${host} runs ${machine}, and cell ${cell.name} (board ${board.name}) is for ${cell.arch}: build for a board of ${arch}, see jh-inmate boards`,
    );
};

const disabled: Look = ({ host, facts: { enabled }, jobs: [first] }) => {
  if (enabled || !first) return [];
  const system = first.board.name;
  const enable = `jailhouse enable ${system}.cell there`;
  const file = `jh-inmate config build ${system} --format ${first.format ?? "mainline"} -o ${system}.cell makes the file`;
  if (enabled === undefined)
    return [`${host}: the driver of Jailhouse is not loaded: modprobe jailhouse, then ${enable} (${file})`];
  return [`Jailhouse is not enabled on ${host}: ${enable} (${file})`];
};

const CALLED: Readonly<Record<FormatName, string>> = {
  mainline: "mainline Jailhouse",
  rt: "Jailhouse's real-time fork",
};

const wrongFormat: Look = ({ host, facts, jobs }) => {
  const theirs = facts.fork ? "rt" : "mainline";
  return jobs
    .filter(({ format = "mainline" }) => format !== theirs)
    .map(
      ({ cell, format = "mainline" }) =>
        `${host} runs ${titleOf(theirs)}, and cell ${cell.name} is for ${titleOf(format)}: write format: "${theirs}" in its defineCell, or give --cell a file of jh-inmate config build --format ${theirs}`,
    );
};

export function titleOf(format: FormatName): string {
  return `${CALLED[format]} (revision ${formats[format].revision})`;
}

const takenNames: Look = ({ host, jobs, others, root }) =>
  jobs.flatMap(({ cell: { name } }) => {
    if (name === root?.name) return [`cell ${name} is called as the root cell of ${host}: give it another name`];
    const there = others.find((other) => other.name === name);
    if (!there) return [];
    const remedy = there.state.startsWith("running")
      ? "give --replace to shut it down first, or your cell another name"
      : "give --replace to destroy it first, or your cell another name";
    return [`cell ${name} is on ${host} already and is ${there.state}: ${remedy}`];
  });

const locked: Look = ({ host, others, jobs }) =>
  others
    .filter(({ state, name }) => state === "running/locked" && jobs.every(({ cell }) => cell.name !== name))
    .map(
      ({ name }) =>
        `cell ${name} on ${host} has locked the configuration (running/locked), so no cell can be created or destroyed: jailhouse cell shutdown ${name} there`,
    );

const takenCpus: Look = ({ host, facts, jobs, others, root }) => {
  const known = facts.cpus;
  if (known.length === 0 || !root) return [];
  const lines = jobs.flatMap(({ cell }) =>
    cell.cpus.flatMap((cpu) => {
      const wants = `cell ${cell.name} wants CPU ${cpu}`;
      const owner = others.find(({ cpus, name }) => name !== cell.name && cpus.includes(cpu));
      if (owner)
        return [
          `${wants}, which belongs to cell ${owner.name} on ${host}: choose another CPU, or jailhouse cell destroy ${owner.name}`,
        ];
      if (!known.includes(cpu)) return [`${wants}, and ${host} has ${cpusText(known)}: choose from these`];
      if (cpu === 0 && cell.arch === "x86") return [`${wants}, which stays with Linux on x86: choose another CPU`];
      const free = facts.cells.filter((there) => !others.includes(there)).flatMap(({ cpus }) => cpus);
      if (free.includes(cpu) || others.some(({ name }) => name === cell.name)) return [];
      return [`${wants}, which is not the root cell's on ${host}: choose from ${cpusText(free)}`];
    }),
  );
  const taken = new Set(jobs.flatMap(({ cell }) => cell.cpus));
  if (lines.length > 0 || root.cpus.length === 0 || root.cpus.some((cpu) => !taken.has(cpu))) return lines;
  return [`the cells take all CPUs that Linux has on ${host} (${formatNumbers(root.cpus)}): leave it one`];
};

function cpusText(cpus: readonly number[]): string {
  return `${cpus.length === 1 ? "CPU" : "CPUs"} ${formatNumbers(cpus)}`;
}

/** Linux goes on using what it takes for its own, until it stumbles over its loss. */
const takenMemory: Look = ({ host, facts: { memory }, jobs }) => {
  const named = (pattern: RegExp) => memory.filter(({ name }) => pattern.test(name)).map(({ range }) => range);
  const reserved = named(/^reserved$/i);
  return jobs.flatMap(({ cell, board }) =>
    ownMemory(cell).flatMap((range) => {
      const takes = `cell ${cell.name} takes memory ${rangeText(range)}`;
      if (meets(range, named(/^jailhouse hypervisor$/i))) {
        return [`${takes}, where the hypervisor itself lies on ${host}: choose other memory`];
      }
      const linux = named(/^system ram$/i).find((ram) => overlap(range, ram));
      if (!linux || reserved.some((free) => covers(free, range))) return [];
      const how = board.kernelArguments.length > 0 ? `boot it with ${board.kernelArguments.join(" ")}` : "reserve it";
      return [`${takes}, which Linux on ${host} uses (System RAM ${rangeText(linux)}): ${how}, or choose other memory`];
    }),
  );
};

/** Physical memory that is taken from the root cell. */
function ownMemory({ memory }: CellConfig): Range[] {
  return memory
    .filter(({ size, flags }) => size > 0n && !flags.includes("comm") && !flags.includes("rootshared"))
    .map(({ physical, size }) => ({ start: physical, size }));
}

function meets(range: Range, others: readonly Range[]): boolean {
  return others.some((other) => overlap(range, other));
}

function covers(outer: Range, inner: Range): boolean {
  return overlap(outer, inner)?.size === inner.size;
}

const otherRoot: Look = ({ host, root, jobs }) => {
  if (!root) return [];
  return jobs
    .filter((job) => systemOf(job, root) === undefined)
    .map(
      ({ cell, board }) =>
        `${host} runs the root cell ${root.name}, and cell ${cell.name} is for board ${board.name} (root cell ${board.system.rootCell.name}): is that the board?`,
    );
};

/** What `config check` says with the board's own system, if that is the one that runs. */
const againstBoard: Look = ({ root, jobs }) => {
  if (!root) return [];
  return jobs.flatMap((job) => {
    const system = systemOf(job, root);
    if (!system) return [];
    const { cell: config, name, format = "mainline", board } = job;
    const colors = board.colors === undefined ? {} : { colors: board.colors };
    const findings = checkConfigurations(
      { file: `${board.name}.cell`, config: system, format },
      [{ file: `${name}.cell`, config, format }],
      colors,
    );
    return findings
      .filter(({ severity, files }) => severity === "error" && files.includes(`${name}.cell`))
      .map(({ message, consequence, remedy }) => `${message}: ${remedy}, else ${consequence}`);
  });
};

/** The board's system whose root cell has the name of the target's. */
function systemOf({ board, format = "mainline" }: CellJob, { name }: TargetCell) {
  return Object.values(board[format]?.systems ?? {}).find(({ rootCell }) => rootCell.name === name);
}
