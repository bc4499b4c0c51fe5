/**
 * Stands in for the jailhouse tool, its driver and the hypervisor (jailhouse-abi 1.1, 2, 7): which cells there are is told by the sysfs
 * below STAND_IN, and refusals come in the order in which Jailhouse was seen to make them.
 *   STAND_IN_FORMAT  whose: "mainline" (the default), "rt"; STAND_IN_REVISION another revision of its files
 *   STAND_IN_ERROR   "COMMAND ERROR": cell COMMAND fails with EIO or another error that has no model here
 *   STAND_IN_STAYS   no cell can be destroyed
 *   STAND_IN_INMATE  what runs in a cell: "hello" (the default), "fault", "ends", or one that takes messages unless its cell is passive:
 *                    "stubborn" refuses every shutdown, "apic-demo" the first, and locks the configuration; "hangs" stops Linux
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeFile } from "../../../boards/codec.ts";
import { formatNumbers } from "../../../boards/define/checks.ts";
import { formats } from "../../../boards/format/formats.ts";
import type { CellConfig } from "../../../boards/model.ts";
import { ERRORS, type ErrorName } from "../../../scripts/shell/errno.ts";

const env = (name: string) => process.env[`STAND_IN${name}`] ?? "";
const dir = env("");
const sys = join(dir, "sys/devices/jailhouse");
const format = env("_FORMAT") === "rt" ? "rt" : "mainline";
const revision = Number(env("_REVISION") || formats[format].revision);
const inmate = env("_INMATE");
const arch = ({ x86_64: "x86", aarch64: "arm64" } as const)[read(join(dir, "machine"))] ?? "arm";

class Failed extends Error {}

interface Cell {
  id: number;
  name: string;
  state: string;
  cpus: number[];
  config: CellConfig | undefined;
}

function read(file: string): string {
  return readFileSync(file, "utf8").trim();
}

function cellPath(id: number, file: string): string {
  return join(sys, "cells", String(id), file);
}

/** Every cell there is, the root cell (0) too. */
function cells(): Cell[] {
  return readdirSync(join(sys, "cells")).map((name) => {
    const id = Number(name);
    const file = join(dir, "memory", `${id}.cell`);
    return {
      id,
      name: read(cellPath(id, "name")),
      state: read(cellPath(id, "state")),
      cpus: numbers(read(cellPath(id, "cpus_assigned_list"))),
      config: existsSync(file) ? decode(readFileSync(file)) : undefined,
    };
  });
}

function decode(bytes: Uint8Array): CellConfig {
  return decodeFile(bytes, { file: "cell", arch }).config as CellConfig;
}

function numbers(list: string): number[] {
  return list.split(",").flatMap((run) => {
    const [first, last = first] = run.split("-");
    return first ? Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n) : [];
  });
}

function put({ id, name, state, cpus }: Cell, failed: number[] = []): void {
  mkdirSync(join(sys, "cells", String(id)), { recursive: true });
  const mask = cpus.reduce((bits, cpu) => bits | (1n << BigInt(cpu)), 0n).toString(16);
  const files = {
    name,
    state,
    cpus_assigned: mask,
    cpus_assigned_list: formatNumbers(cpus).replaceAll(" ", ""),
    cpus_failed_list: formatNumbers(failed),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(cellPath(id, file), `${text}\n`);
}

function console(...lines: string[]): void {
  if (existsSync(join(dir, "console"))) appendFileSync(join(dir, "console"), lines.map((line) => `${line}\n`).join(""));
}

function log(line: string): void {
  appendFileSync(join(dir, "kernel.log"), `[   42.000000] jailhouse: ${line}\n`);
}

function fail(call: string, error: ErrorName): never {
  throw new Failed(`${call}: ${ERRORS[error]}`);
}

function fileAt(path: string): Buffer {
  if (!existsSync(path)) throw new Failed(`opening ${path}: ${ERRORS.ENOENT}`);
  return readFileSync(path);
}

function enabled(): boolean {
  return existsSync(join(sys, "enabled")) && read(join(sys, "enabled")) === "1";
}

function create([path = ""]: readonly string[], call: string): void {
  const bytes = fileAt(path);
  const signature = format === "rt" ? "JHCELL" : "JHCLL";
  if (bytes.toString("latin1", 0, signature.length) !== signature) {
    log("Not a cell configuration");
    fail(call, "EINVAL");
  }
  if (bytes.readUInt16LE(6) !== revision) {
    log("Configuration revision mismatch");
    fail(call, "EINVAL");
  }
  if (format === "mainline" && bytes[5] !== ["x86", "arm", "arm64"].indexOf(arch)) {
    log("Configuration architecture mismatch");
    return;
  }
  if (!enabled()) fail(call, "EINVAL");
  const config = decode(bytes);
  const all = cells();
  const root = all.find(({ id }) => id === 0) as Cell;
  if (all.some(({ name }) => name === config.name)) fail(call, "EEXIST");
  if (!config.cpus.every((cpu) => root.cpus.includes(cpu))) fail(call, "EBUSY");
  if (arch === "x86" && config.cpus.includes(0)) fail(call, "EINVAL");
  if (config.cpus.length === root.cpus.length) fail(call, "EBUSY");
  refuseIfLocked(call);
  const id = Array.from({ length: 256 }, (_, n) => n).find((n) => !all.some((cell) => cell.id === n)) as number;
  put({ ...root, cpus: root.cpus.filter((cpu) => !config.cpus.includes(cpu)) });
  put({ id, name: config.name, state: "shut down", cpus: [...config.cpus], config });
  writeFileSync(join(dir, "memory", `${id}.cell`), bytes);
  log(`Created Jailhouse cell "${config.name}"`);
  console(`Created cell "${config.name}"`);
}

function refuseIfLocked(call: string, but?: Cell): void {
  if (cells().some(({ id, state }) => id !== but?.id && state === "running/locked")) fail(call, "EPERM");
}

/** The hypervisor asks before it starts, loads or destroys a cell, unless the cell takes no messages. */
function stop(cell: Cell, call: string): void {
  const passive = cell.config?.flags.includes("passive-commreg");
  if (cell.state.startsWith("running") && !passive) {
    const asked = join(dir, "memory", `${cell.id}.asked`);
    const isFirst = !existsSync(asked);
    writeFileSync(asked, "");
    if (inmate === "hangs") process.kill(Number(read(join(dir, "session"))), "SIGSTOP");
    if (inmate === "stubborn" || (inmate === "apic-demo" && isFirst)) {
      console("Rejecting first shutdown request - try again!");
      fail(call, "EPERM");
    }
  }
  cell.state = "shut down";
  put(cell);
}

function load([, ...items]: readonly string[], call: string, cell: Cell): void {
  const images = itemsOf(items);
  stop(cell, call);
  console(`Cell "${cell.name}" can be loaded`);
  for (const { address, size } of images) {
    const fits = cell.config?.memory.some(
      (region) =>
        region.flags.includes("loadable") &&
        region.address <= address &&
        address + size <= region.address + region.size,
    );
    if (!fits) fail(call, "EINVAL");
  }
}

function itemsOf(words: readonly string[]): { address: bigint; size: bigint }[] {
  const items: { address: bigint; size: bigint }[] = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "-a") items[items.length - 1]!.address = BigInt(words[++i] ?? 0);
    else if (words[i] === "-s") items.push({ address: 0n, size: BigInt((words[++i] ?? "").length + 1) });
    else items.push({ address: 0n, size: BigInt(fileAt(words[i] ?? "").length) });
  }
  return items;
}

function start(_: readonly string[], call: string, cell: Cell): void {
  stop(cell, call);
  rmSync(join(dir, "memory", `${cell.id}.asked`), { force: true });
  cell.state = inmate === "apic-demo" ? "running/locked" : "running";
  put(cell);
  console(`Started cell "${cell.name}"`, `Hello from ${cell.name}`);
  const first = cell.cpus[0] ?? 0;
  if (inmate === "ends") put({ ...cell, state: "shut down" });
  if (inmate !== "fault") return;
  console("FATAL: unhandled trap (exception class 0x24)", `Parking CPU ${first} (Cell: "${cell.name}")`);
  put({ ...cell, state: cell.cpus.length > 1 ? "running" : "failed" }, [first]);
}

function destroy(_: readonly string[], call: string, cell: Cell): void {
  refuseIfLocked(call, cell);
  if (env("_STAYS")) fail(call, "EPERM");
  stop(cell, call);
  rmSync(join(sys, "cells", String(cell.id)), { recursive: true });
  rmSync(join(dir, "memory", `${cell.id}.cell`));
  rmSync(join(dir, "memory", `${cell.id}.asked`), { force: true });
  const root = cells().find(({ id }) => id === 0) as Cell;
  put({ ...root, cpus: [...root.cpus, ...cell.cpus].sort((a, b) => a - b) });
  console(`Closing cell "${cell.name}"`);
}

const COMMANDS: Readonly<
  Record<string, [call: string, run: (words: readonly string[], call: string, cell: Cell) => void]>
> = {
  load: ["JAILHOUSE_CELL_LOAD", load],
  start: ["JAILHOUSE_CELL_START", start],
  shutdown: ["JAILHOUSE_CELL_LOAD", load],
  destroy: ["JAILHOUSE_CELL_DESTROY", destroy],
};

function main([, what = "", ...given]: readonly string[]): void {
  if (!existsSync(sys)) throw new Failed(`opening /dev/jailhouse: ${ERRORS.ENOENT}`);
  const [forced, error] = env("_ERROR").split(" ");
  const [call, run] = COMMANDS[what] ?? ["JAILHOUSE_CELL_CREATE", undefined];
  if (forced === what) fail(call, error as ErrorName);
  if (!run) {
    create(given, call);
    return;
  }
  const words = given[0] === "--name" ? given.slice(1) : given;
  if (!enabled()) fail(call, "EINVAL");
  const isNumber = given[0] !== "--name" && /^\d+$/.test(words[0] ?? "");
  const cell = cells().find(({ id, name }) => (isNumber ? id === Number(words[0]) : name === words[0]));
  if (!cell) fail(call, "ENOENT");
  if (cell.id === 0) fail(call, "EINVAL");
  run(words, call, cell);
}

const words = process.argv.slice(2);
try {
  if (words[0] === "--help") {
    const memguard = format === "rt" ? "   cell memguard { ID | [--name] NAME } period_ms budget_trans\n" : "";
    process.stdout.write(`Usage: jailhouse { COMMAND | --help | --version }\n   cell create CELLCONFIG\n${memguard}`);
  } else if (words[0] === "--version") process.stdout.write("Jailhouse management tool v0.12\n");
  else main(words);
} catch (error) {
  if (!(error instanceof Failed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
