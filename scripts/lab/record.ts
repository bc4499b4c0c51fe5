/** The files that an experiment leaves: the CSV, and a JSON of what made the run. */
import { open, writeFile } from "node:fs/promises";
import { messageOf, UserError } from "../errors.ts";
import { type ColumnSet, csvLines } from "./csv.ts";
import type { SharedMemory } from "./experiments.ts";
import { ExperimentFailed } from "./failed.ts";
import { decodeHeader, decodeSamples, differences } from "./profiler-log.ts";
import type { ProfileSettings } from "./script.ts";
import type { Ended } from "./session.ts";

export interface Circumstances {
  readonly file: string;
  readonly columns: ColumnSet;
  readonly cpuHz: number;
  /** By the user; else it is the board's. */
  readonly cpuHzGiven: boolean;
  readonly memory: SharedMemory;
  readonly settings: ProfileSettings;
  readonly seconds: number | undefined;
  /** When it began, ISO 8601. */
  readonly date: string;
  /** What the user calls the model that plays the board. */
  readonly model: string | undefined;
  readonly host: string;
  readonly version: string;
  readonly writtenOn: string;
}

/** QEMU's machine "virt" is no board; other models do not tell. */
const QEMU_VIRT = /\blinux,dummy-virt\b/;

/** What the JSON beside a CSV is called. */
export function recordOf(file: string): string {
  return file.replace(/\.csv$/, ".json");
}

/** Gives the number of rows. @throws UserError if the log is not that of this run. */
export async function writeProfile({ log, samples, target }: Ended, its: Circumstances): Promise<number> {
  const { file, columns, cpuHz, settings, memory } = its;
  const { control } = decodeHeader(log);
  if (samples < 2)
    throw new ExperimentFailed(
      `the profiler on ${its.host} took ${samples} samples, and 2 are the least: profile for longer, or look at cell ${memory.cells[0]}`,
    );
  if (control.interval !== settings.control.interval || control.bytes !== settings.control.bytes)
    throw new UserError(`somebody else has set the profiler on ${its.host} meanwhile: profile again`);
  const rows = differences(decodeSamples(log, samples));
  await writeLines(file, csvLines(rows, { columns, cpuHz, bytes: control.bytes }));
  const record = {
    experiment: "profile",
    date: its.date,
    source: sourceOf(its.model, target.compatible),
    board: memory.board.name,
    cell: memory.cells[0],
    rootCell: memory.rootCell,
    on: its.host,
    target: { machine: target.facts.machine, kernel: target.kernel, jailhouse: target.jailhouse },
    parameters: {
      controller: `MMDC${Number(control.secondController)}`,
      intervalCycles: control.interval,
      maxSamples: settings.maxCount,
      counted: control.bytes ? "bytes" : "transactions",
      axiId: settings.axi.value,
      axiMask: settings.axi.mask,
      seconds: its.seconds ?? null,
    },
    cpuHz: { value: cpuHz, from: its.cpuHzGiven ? "--cpu-mhz" : "the board's data sheet" },
    samples,
    columns,
    writtenBy: { jhInmate: its.version, node: process.version, host: its.writtenOn },
  };
  await writeFile(recordOf(file), `${JSON.stringify(record, null, 2)}\n`);
  return samples - 1;
}

function sourceOf(model: string | undefined, compatible: string): Record<string, string> {
  if (model !== undefined) return { kind: "model", name: model };
  if (QEMU_VIRT.test(compatible)) return { kind: "model", name: "QEMU virt" };
  return { kind: "hardware" };
}

/** A log may have millions of lines: they are written as they are made, some thousand at a time. */
async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const handle = await open(file, "w").catch((error) => {
    throw new UserError(`cannot write ${file}: ${messageOf(error)}: give another -o`);
  });
  try {
    let block: string[] = [];
    for (const line of lines) {
      if (block.push(line) < 5000) continue;
      await handle.write(block.join(""));
      block = [];
    }
    await handle.write(block.join(""));
  } finally {
    await handle.close();
  }
}
