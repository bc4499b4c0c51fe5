import { UserError } from "../errors.ts";
import { installByApt } from "./fix.ts";
import { installCommand } from "./install.ts";
import { describe, type Finding, forgetTools, lookFor, toolNames } from "./tools.ts";

const OLDEST_NODE = [20, 19] as const;

/** What `jh-inmate doctor` does. `quiet` says nothing when nothing is wrong. */
export function doctor({ fix, quiet }: { fix: boolean; quiet: boolean }): void {
  checkNode();
  let all = examine();
  if (fix && all.some((finding) => !finding.fit)) {
    process.stderr.write(`doctor: ${listOf(all)}\n`);
    installByApt(needsOf(all));
    forgetTools();
    all = examine();
  }
  if (all.some((finding) => !finding.fit)) {
    if (!quiet) process.stdout.write(table(all));
    throw new UserError(`${listOf(all)}: ${installCommand(needsOf(all))}`);
  }
  if (!quiet) process.stdout.write(`all tools are there: ${summary(all)}\n`);
}

function examine(): Finding[] {
  return toolNames.map(lookFor);
}

function needsOf(all: readonly Finding[]) {
  return new Set(all.filter((finding) => !finding.fit).map((finding) => finding.need));
}

function listOf(all: readonly Finding[]): string {
  return all
    .filter((finding) => !finding.fit)
    .map(describe)
    .join(", ");
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
