import { isUserError, UserError } from "../errors.ts";
import { installByApt } from "./fix.ts";
import { hasApt, installCommand } from "./install.ts";
import { describe, type Finding, forgetTools, lookFor, toolNames } from "./tools.ts";

const OLDEST_NODE = [20, 19] as const;

/** What `jh-inmate doctor` does. `quiet` says nothing when nothing is wrong. */
export function doctor({ fix, quiet }: { fix: boolean; quiet: boolean }): void {
  checkNode();
  if (fix) install(missing(false));
  const needed = missing(false);
  if (needed.length > 0) {
    if (!quiet) process.stdout.write(table(toolNames.map(lookFor)));
    throw new UserError(`${listOf(needed)}: ${installCommand(needsOf(needed))}`);
  }
  if (!quiet) process.stdout.write(`all tools are there: ${summary(toolNames.map(lookFor))}\n`);
  optionalTools(fix, quiet);
}

/** What nothing but debugging needs: without it all is well, so it is only told. */
function optionalTools(fix: boolean, quiet: boolean): void {
  try {
    if (fix && hasApt()) install(missing(true));
  } catch (error) {
    if (!isUserError(error)) throw error;
  }
  const wanted = missing(true);
  if (wanted.length === 0 || (quiet && !fix)) return;
  process.stderr.write(`for run --gdb: ${listOf(wanted)}: ${installCommand(needsOf(wanted))}\n`);
}

function install(bad: readonly Finding[]): void {
  if (bad.length === 0) return;
  process.stderr.write(`doctor: ${listOf(bad)}\n`);
  installByApt(needsOf(bad));
  forgetTools();
}

function missing(optional: boolean): Finding[] {
  return toolNames.map(lookFor).filter((finding) => !finding.fit && finding.optional === optional);
}

function needsOf(all: readonly Finding[]) {
  return new Set(all.map((finding) => finding.need));
}

function listOf(all: readonly Finding[]): string {
  return all.map(describe).join(", ");
}

function summary(all: readonly Finding[]): string {
  const version = (name: string) => all.find((finding) => finding.name === name)?.version;
  return `node ${process.versions.node}, clang ${version("clang")}, lld ${version("ld.lld")}, llvm ${version("llvm-objcopy")}, qemu ${version("qemu-system-aarch64")}`;
}

/** One line a tool: name, version, where; only shown when something is wrong. */
function table(all: readonly Finding[]): string {
  const rows = [["node", process.versions.node, process.execPath], ...all.map(row)];
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  return rows.map(([a = "", b = "", c = ""]) => `${a.padEnd(widths[0]!)}  ${b.padEnd(widths[1]!)}  ${c}\n`).join("");
}

function row(finding: Finding): string[] {
  if (finding.fit) return [finding.name, finding.version ?? "", finding.path ?? ""];
  return [
    finding.name,
    finding.path === undefined ? "missing" : (finding.version ?? "does not run"),
    finding.path ?? "",
  ];
}

function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldest, minorOfOldest] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= minorOfOldest)) return;
  throw new UserError(
    `node ${process.versions.node} is too old (${OLDEST_NODE.join(".")} or newer is needed): https://nodejs.org/`,
  );
}
