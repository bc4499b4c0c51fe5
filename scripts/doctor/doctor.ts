import { isUserError, UserError } from "../errors.ts";
import type { Engine } from "../pipeline/build.ts";
import { hasPrebuilt } from "../root.ts";
import { installByApt } from "./fix.ts";
import { hasApt, installCommand } from "./install.ts";
import { describe, type Finding, forgetTools, LLVM_NEEDS, lookFor, type ToolName, toolNames } from "./tools.ts";

const OLDEST_NODE = [20, 19] as const;

export interface DoctorOptions {
  readonly fix: boolean;
  /** Say nothing when nothing is wrong. */
  readonly quiet: boolean;
  /** "wasm3": as far as the package brings its images, what compiles is not looked for. */
  readonly engine?: Engine | undefined;
}

/** What `jh-inmate doctor` does. */
export function doctor({ fix, quiet, engine }: DoctorOptions): void {
  checkNode();
  const isNeeded = ({ only, need }: Finding) =>
    only === undefined && !(engine === "wasm3" && hasPrebuilt() && LLVM_NEEDS.includes(need));
  if (fix) install(missing(isNeeded));
  const needed = missing(isNeeded);
  if (needed.length > 0) {
    if (!quiet) process.stdout.write(table(toolNames.map(lookFor)));
    throw new UserError(`${listOf(needed)}: ${installCommand(needsOf(needed))}`);
  }
  if (!quiet) process.stdout.write(`all tools are there: ${summary(toolNames.map(lookFor).filter(isNeeded))}\n`);
  optionalTools(fix, quiet);
}

/** What one thing alone needs: without it all else is well, so it is only told. */
function optionalTools(fix: boolean, quiet: boolean): void {
  try {
    if (fix && hasApt()) install(missing(isOptional));
  } catch (error) {
    if (!isUserError(error)) throw error;
  }
  if (quiet && !fix) return;
  for (const finding of missing(isOptional))
    process.stderr.write(`for ${finding.only}: ${describe(finding)}: ${installCommand(needsOf([finding]))}\n`);
}

function install(bad: readonly Finding[]): void {
  if (bad.length === 0) return;
  process.stderr.write(`doctor: ${listOf(bad)}\n`);
  installByApt(needsOf(bad));
  forgetTools();
}

/** The package brings what pip would be for. */
const isOptional = ({ only, need }: Finding) => only !== undefined && !(need === "pip" && hasPrebuilt());

function missing(wanted: (finding: Finding) => boolean): Finding[] {
  return toolNames.map(lookFor).filter((finding) => !finding.fit && wanted(finding));
}

function needsOf(all: readonly Finding[]) {
  return new Set(all.map((finding) => finding.need));
}

function listOf(all: readonly Finding[]): string {
  return all.map(describe).join(", ");
}

/** The tools that stand for others of the same package. */
const SHOWN: Readonly<Partial<Record<ToolName, string>>> = {
  clang: "clang",
  "ld.lld": "lld",
  "llvm-objcopy": "llvm",
  "qemu-system-aarch64": "qemu",
};

function summary(all: readonly Finding[]): string {
  const versions = all.flatMap(({ name, version }) => (SHOWN[name] ? [`${SHOWN[name]} ${version}`] : []));
  return [`node ${process.versions.node}`, ...versions].join(", ");
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
