/** What the script of `--on ssh:HOST` tells about the target before anything is changed. */

import type { Range } from "../../boards/check/ranges.ts";
import type { Arch } from "../../boards/index.ts";
import type { CellState } from "../cell-state.ts";

/** What sysfs calls the states (jailhouse-abi 7.1), where it differs from `jailhouse cell list`. */
export const STATES: Readonly<Record<string, CellState>> = {
  running: "running",
  "running/locked": "running/locked",
  "shut down": "shut down",
  failed: "failed",
  "Comm ABI mismatch": "comm region revision mismatch",
};

export interface TargetCell {
  readonly id: number;
  readonly name: string;
  /** As sysfs has it. */
  readonly state: string;
  readonly cpus: readonly number[];
}

export interface TargetFacts {
  /** What \`uname -m\` says. */
  machine: string;
  /** CPUs that Linux knows, whoever has them. */
  cpus: readonly number[];
  /** How the jailhouse command is called there: by its name, or by its path where PATH does not lead to it. Undefined: there is none. */
  tool?: string;
  /** Only by sudo the user is root. */
  sudo: boolean;
  /** It is the real-time fork. */
  fork: boolean;
  /** Undefined: the driver is not loaded. */
  enabled?: boolean;
  cells: TargetCell[];
  memory: { readonly range: Range; readonly name: string }[];
}

export function noFacts(): TargetFacts {
  return { machine: "", cpus: [], sudo: false, fork: false, cells: [], memory: [] };
}

/** Takes one of them, "cell 0|running|0-3|QEMU-VM". */
export function takeFact(facts: TargetFacts, said: string): void {
  const [, key = "", value = ""] = /^(\w+) ?(.*)$/.exec(said) ?? [];
  switch (key) {
    case "machine":
      facts.machine = value;
      break;
    case "cpus":
      facts.cpus = cpuNumbers(value);
      break;
    case "tool":
      facts.tool = value;
      break;
    case "sudo":
      facts.sudo = true;
      break;
    case "fork":
      facts.fork = true;
      break;
    case "enabled":
      facts.enabled = value === "1";
      break;
    case "cell": {
      const [id, state = "", cpus = "", ...name] = value.split("|");
      facts.cells.push({ id: Number(id), state, cpus: cpuNumbers(cpus), name: name.join("|") });
      break;
    }
    case "memory": {
      const [, first, last, name = ""] = /^ *([\da-f]+)-([\da-f]+) : (.*)$/i.exec(value) ?? [];
      if (first === undefined || last === undefined) break;
      const start = BigInt(`0x${first}`);
      facts.memory.push({ range: { start, size: BigInt(`0x${last}`) - start + 1n }, name });
    }
  }
}

/** "0-2,5", as the kernel lists CPUs. */
export function cpuNumbers(list: string): number[] {
  return list.split(",").flatMap((run) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(run) ?? [];
    if (first === undefined) return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => Number(first) + n);
  });
}

/** Jailhouse's architecture on a machine; undefined: we do not know it. A 32-bit userland on arm64 calls itself armv8l. */
export function archOf(machine: string): Arch | undefined {
  if (/^(x86_64|i[3-6]86)$/.test(machine)) return "x86";
  if (/^(aarch64|arm64|armv8l)$/.test(machine)) return "arm64";
  return /^arm/.test(machine) ? "arm" : undefined;
}
