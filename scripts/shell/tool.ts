/** The `jailhouse` tool: its command lines, its output, its errors (tools/jailhouse.c's, as its users see them). */
import { formatNumbers } from "../../boards/define/checks.ts";
import { isUserError } from "../errors.ts";
import { Refusal } from "./errno.ts";
import { configurationFile, imageFile } from "./files.ts";
import type { Hypervisor, Row } from "./hypervisor.ts";
import type { Load, ShellCell } from "./shell-cell.ts";
import { type Screen, statisticsText, watchStatistics } from "./statistics.ts";

export interface Streams {
  out(text: string): void;
  error(text: string): void;
  /** On a terminal. */
  openScreen?(): Screen;
}

export const USAGE = `Usage: jailhouse { COMMAND | --help | --version }

Available commands:
   enable SYSCONFIG
   disable
   console [-f | --follow]
   cell create CELLCONFIG
   cell list
   cell load { ID | [--name] NAME } { IMAGE | { -s | --string } "STRING" }
             [-a | --address ADDRESS] ...
   cell start { ID | [--name] NAME }
   cell shutdown { ID | [--name] NAME }
   cell destroy { ID | [--name] NAME }
   cell stats { ID | [--name] NAME }
`;

/** The command line was not understood: the tool prints its usage, and a helper its own. */
class Misuse extends Error {}

type Run = (words: readonly string[], hypervisor: Hypervisor, streams: Streams) => void | Promise<void>;

/** By command; `call` is the name of the driver's call, which the tool puts before an error. */
const COMMANDS: Readonly<Record<string, { readonly call: string; readonly usage?: string; readonly run: Run }>> = {
  enable: {
    call: "JAILHOUSE_ENABLE",
    run: async ([file, ...more], hypervisor) => {
      if (file === undefined || more.length > 0) throw new Misuse();
      hypervisor.enable(await configurationFile(file, undefined));
    },
  },
  disable: { call: "JAILHOUSE_DISABLE", run: (_, hypervisor) => hypervisor.disable() },
  console: {
    call: "read(console)",
    run: (_, hypervisor, { out }) => {
      for (const line of hypervisor.log()) out(`${line}\n`);
    },
  },
  "cell create": {
    call: "JAILHOUSE_CELL_CREATE",
    run: async ([file, ...more], hypervisor) => {
      if (file === undefined || more.length > 0) throw new Misuse();
      hypervisor.create(await configurationFile(file, hypervisor.format));
    },
  },
  "cell list": {
    call: "scandir",
    run: (words, hypervisor, { out }) => {
      if (words.length > 0) throw new Misuse();
      out(listText(hypervisor.list()));
    },
  },
  "cell load": {
    call: "JAILHOUSE_CELL_LOAD",
    run: async (words, hypervisor, { error }) => {
      const { which, rest } = cellOf(words);
      if (rest.length === 0) throw new Misuse();
      const items = itemsOf(rest);
      const cell = hypervisor.find(which);
      await hypervisor.load(cell, await Promise.all(items.map((item) => loadOf(item, cell, error))));
    },
  },
  "cell start": {
    call: "JAILHOUSE_CELL_START",
    run: async (words, hypervisor) => hypervisor.start(only(words, hypervisor)),
  },
  "cell shutdown": {
    call: "JAILHOUSE_CELL_LOAD",
    run: async (words, hypervisor) => hypervisor.load(only(words, hypervisor), []),
  },
  "cell destroy": {
    call: "JAILHOUSE_CELL_DESTROY",
    run: async (words, hypervisor) => hypervisor.destroy(only(words, hypervisor)),
  },
  "cell stats": {
    call: "reading stats",
    usage: "usage: jailhouse cell stats { ID | [--name] NAME }\n",
    run: async (words, hypervisor, { out, openScreen }) => {
      const cell = only(words, hypervisor);
      if (openScreen) await watchStatistics(cell, openScreen());
      else out(await statisticsText(cell));
    },
  },
};

/** Runs one command line, without the word "jailhouse"; gives the exit status of the tool. */
export async function runTool(words: readonly string[], hypervisor: Hypervisor, streams: Streams): Promise<number> {
  const [first, second] = words;
  if (first === "--help") {
    streams.out(USAGE);
    return 0;
  }
  const name = first === "cell" ? `cell ${second}` : (first ?? "");
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    if (name === "cell linux")
      streams.error(`${name} is a helper of the tool that needs Linux: it is not emulated here\n`);
    else streams.out(USAGE);
    return 1;
  }
  try {
    await command.run(words.slice(first === "cell" ? 2 : 1), hypervisor, streams);
    return 0;
  } catch (error) {
    if (error instanceof Misuse) streams.out(command.usage ?? USAGE);
    else if (error instanceof Refusal) streams.error(`${command.call}: ${error.words}\n(${error.why})\n`);
    else if (isUserError(error)) streams.error(`${[error.message, error.detail].filter(Boolean).join("\n")}\n`);
    else throw error;
    return 1;
  }
}

/** A whole number in C's notation is an id, anything else a name. */
function cellOf(words: readonly string[]): { which: number | string; rest: readonly string[] } {
  const [first, second] = words;
  if (first === undefined) throw new Misuse();
  if (first === "--name") {
    if (second === undefined) throw new Misuse();
    return { which: second, rest: words.slice(2) };
  }
  const isNumber = /^(0x[\da-f]+|\d+)$/i.test(first);
  return { which: isNumber ? Number(first) : first, rest: words.slice(1) };
}

function only(words: readonly string[], hypervisor: Hypervisor): ShellCell {
  const { which, rest } = cellOf(words);
  if (rest.length > 0) throw new Misuse();
  return hypervisor.find(which);
}

interface Item {
  readonly string?: string;
  readonly file?: string;
  readonly address: bigint;
}

/** Images and strings, each with its address behind it; 0 without one. */
function itemsOf(words: readonly string[]): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < words.length; ) {
    const isString = words[i] === "-s" || words[i] === "--string";
    const what = isString ? words[++i] : words[i];
    if (what === undefined) throw new Misuse();
    i++;
    let address = 0n;
    if (words[i] === "-a" || words[i] === "--address") {
      const text = words[i + 1] ?? "";
      if (!/^(0x[\da-f]+|\d+)$/i.test(text)) throw new Misuse();
      address = BigInt(text);
      i += 2;
    }
    items.push({ ...(isString ? { string: what } : { file: what }), address });
  }
  return items;
}

/** A string goes with the NUL at its end. */
async function loadOf({ string, file = "", address }: Item, cell: ShellCell, error: Streams["error"]): Promise<Load> {
  if (string !== undefined) return { address, bytes: Buffer.from(`${string}\0`) };
  const onBuild = (what: string) => error(`(building ${what} for cell ${cell.name})\n`);
  return { address, ...(await imageFile(file, { board: cell.board, cell: cell.config, file: cell.file, onBuild })) };
}

const WIDTHS = [8, 24, 18, 24, 24] as const;

function listText(rows: readonly Row[]): string {
  if (rows.length === 0) return "";
  const line = (columns: readonly string[]) => `${columns.map((text, i) => text.padEnd(WIDTHS[i] ?? 0)).join("")}\n`;
  return [
    line(["ID", "Name", "State", "Assigned CPUs", "Failed CPUs"]),
    ...rows.map(({ id, name, state, cpus, failedCpus }) =>
      line([String(id), name, state, cpuList(cpus), cpuList(failedCpus)]),
    ),
  ].join("");
}

/** "0-2,5", as the kernel lists CPUs. */
function cpuList(cpus: readonly number[]): string {
  return formatNumbers(cpus).replaceAll(" ", "");
}
