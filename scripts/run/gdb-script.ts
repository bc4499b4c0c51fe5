/** NAME.gdb, beside NAME.elf: all that gdb needs to know to debug an inmate in TypeScript's terms. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Arch } from "../../boards/index.ts";
import { installCommand } from "../doctor/install.ts";
import { lookFor } from "../doctor/tools.ts";
import { UserError } from "../errors.ts";
import { elfSection } from "../pipeline/elf.ts";
import { packageRoot } from "../root.ts";
import type { CellJob } from "./target.ts";

/** The folders of which a program's files come from others than its own, as the debug information calls them. The first that fits counts. */
function folders(arch: Arch): [name: string, folder: string][] {
  const std = dirname(createRequire(import.meta.url).resolve("assemblyscript/std/assembly/index.d.ts"));
  return [
    ["~lib/jh-inmate/machine", join(packageRoot, "sdk", arch)],
    ["~lib/jh-inmate", join(packageRoot, "sdk")],
    ["~lib", std],
    ["~runtime", join(packageRoot, "runtime")],
  ];
}

/** Writes the script for a debugger that connects to `address`; gives its path. */
export function writeGdbScript({ name, elf, board }: CellJob, address: string): string {
  if (elf === undefined) {
    throw new UserError(`--gdb needs ${name}.elf beside ${name}.bin: build the program with jh-inmate build`);
  }
  const path = `${elf.slice(0, -".elf".length)}.gdb`;
  writeFileSync(path, gdbScript(resolve(elf), board.arch, address));
  return path;
}

/** What the user is told: one line to paste into another terminal. */
export function connectLine(script: string, address: string): string {
  const { path, fit, need } = lookFor("gdb-multiarch");
  const gdb = basename(path ?? "gdb-multiarch");
  const line = `waiting for gdb at ${address}; in another terminal:\n  ${gdb} -x ${quote(relative(".", script))}\n`;
  return fit ? line : `${line}(if ${gdb} is missing there: ${installCommand(new Set([need]))})\n`;
}

function gdbScript(elf: string, arch: Arch, address: string): string {
  // DIR/dist/BOARD/NAME.elf
  const project = dirname(dirname(dirname(elf)));
  return `${[
    `# Debugs ${basename(elf)} in the cell that jh-inmate run --gdb has made. Written anew by each run.`,
    `file ${quote(elf)}`,
    `directory ${quote(project)}`,
    ...folders(arch).map(([name, folder]) => `set substitute-path ${name} ${quote(folder)}`),
    "# The code is what the file says, also before it is loaded and while a CPU is in the monitor.",
    "set trust-readonly-sections on",
    "# What no step goes into: below TypeScript, memory management, printing.",
    "skip -gfi ~runtime/*",
    "skip -gfi ~lib/rt/*",
    "skip -rfu ^console[.]",
    "# The answer to whatever gdb would ask, as when it loads the file anew or ends.",
    "set confirm off",
    `target remote ${address}`,
    "# Now the machine stands still before its first instruction: on to the program.",
    `tbreak -function '${beginning(elf)}'`,
    "continue",
  ].join("\n")}\n`;
}

/** The first function that is the user's; a module of another compiler has no names for its own. */
function beginning(elf: string): string {
  const names = Buffer.from(elfSection(readFileSync(elf), ".debug_str") ?? []);
  return names.includes("\0top level\0") ? "top level" : "runtime_main";
}

/** gdb splits these arguments like a shell. */
function quote(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `"${path.replace(/["\\]/g, "\\$&")}"`;
}
