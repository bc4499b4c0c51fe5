/** `jailhouse cell stats`: how often CPUs have left a cell for the hypervisor, and why. */
import type { Arch } from "../../boards/index.ts";
import type { ShellCell } from "./shell-cell.ts";

/** As the files in sysfs are called, in the order of hypercall 7 (jailhouse-abi 3.7): what all machines have, then each its own. */
const COMMON = ["total", "mmio", "management", "hypercall"];
const OWN: Readonly<Record<Arch, readonly string[]>> = {
  arm: ["maintenance", "virt_irq", "virt_sgi", "psci", "smccc", "cp15"],
  arm64: ["maintenance", "virt_irq", "virt_sgi", "psci", "smccc"],
  x86: ["pio", "xapic", "cr", "cpuid", "xsetbv", "exception", "msr_other", "msr_x2apic_icr"],
};

/** The keys of a terminal. */
export interface Keys {
  /** Undefined: none came in this time. */
  next(milliseconds: number): Promise<string | undefined>;
}

/** A full screen while something is shown on it. */
export interface Screen {
  readonly keys: Keys;
  draw(text: string): void;
  close(): void;
}

/** Of one sample: by name, for all CPUs and for each. */
interface Row {
  readonly name: string;
  readonly sum: number;
  readonly cpus: readonly number[];
}

const REFRESH = 1000;
const NAME_WIDTH = 30;
const WIDTH = 10;

/** Where nobody watches: the counters of now. */
export async function statisticsText(cell: ShellCell): Promise<string> {
  const heads = cell.config.cpus.map((cpu) => `CPU ${cpu}`);
  const rows = (await sample(cell)).sort((a, b) => b.sum - a.sum || byName(a, b));
  return [
    `Statistics for ${cell.name} cell\n`,
    line("COUNTER", "SUM", ...heads),
    ...rows.map(({ name, sum, cpus }) => line(name, String(sum), ...cpus.map(String))),
    "",
  ].join("\n");
}

/** On a terminal, as the tool does it: what happens most comes first. Ends with Q. */
export async function watchStatistics(cell: ShellCell, { keys, draw, close }: Screen): Promise<void> {
  const { cpus } = cell.config;
  /** Undefined: all. */
  let cpu: number | undefined;
  let before: { at: number; rows: Row[] } | undefined;
  try {
    for (;;) {
      const now = { at: performance.now(), rows: await sample(cell) };
      const [chosen, last] = [cpu, before];
      draw(`${screenText(cell, chosen, now, last)}\n\n${FOOT}`);
      before = now;
      const key = await keys.next(REFRESH);
      if (key === "q") return;
      if (key === "a") cpu = undefined;
      if (key === "c") cpu = cpus[(cpu === undefined ? 0 : cpus.indexOf(cpu) + 1) % cpus.length];
    }
  } finally {
    close();
  }
}

const FOOT = "Q - Quit   C - Next CPU   A - All CPUs";

function screenText(
  cell: ShellCell,
  cpu: number | undefined,
  now: { at: number; rows: readonly Row[] },
  before: { at: number; rows: readonly Row[] } | undefined,
): string {
  const index = cpu === undefined ? -1 : cell.config.cpus.indexOf(cpu);
  const count = (row: Row | undefined) => (index < 0 ? row?.sum : row?.cpus[index]) ?? 0;
  const rows = now.rows.map((row, i) => {
    const rate = before && ((count(row) - count(before.rows[i])) * 1000) / (now.at - before.at);
    return { name: row.name, sum: count(row), rate };
  });
  rows.sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0) || b.sum - a.sum || byName(a, b));
  return [
    `Statistics for ${cell.name} cell, ${cpu === undefined ? "all CPUs" : `CPU ${cpu}`}\n`,
    line("COUNTER", "SUM", "PER SEC"),
    ...rows.map(({ name, sum, rate }) =>
      line(name, String(sum), ...(rate === undefined ? [] : [String(Math.round(rate))])),
    ),
  ].join("\n");
}

async function sample(cell: ShellCell): Promise<Row[]> {
  const counters = await cell.counters();
  return [...COMMON, ...OWN[cell.config.arch]].map((name, i) => {
    const cpus = cell.config.cpus.map((cpu) => counters.get(cpu)?.[i] ?? 0);
    return { name: `vmexits_${name}`, sum: cpus.reduce((sum, count) => sum + count, 0), cpus };
  });
}

function line(name: string, ...columns: readonly string[]): string {
  return name.padEnd(NAME_WIDTH) + columns.map((text) => text.padStart(WIDTH)).join("");
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
