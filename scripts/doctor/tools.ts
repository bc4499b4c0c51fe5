import { execFileSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../errors.ts";
import { hasApt, installCommand, LLVM_VERSIONS, type Need } from "./install.ts";

interface Row {
  need: Need;
  oldest: number;
  /** What alone wants it. */
  only?: string;
}

/** The programs we call: the need that brings them, and the oldest version that works. */
const TOOLS = {
  clang: { need: "clang", oldest: 14 },
  "ld.lld": { need: "lld", oldest: 14 },
  "llvm-objcopy": { need: "llvm", oldest: 14 },
  "llvm-objdump": { need: "llvm", oldest: 14 },
  "llvm-symbolizer": { need: "llvm", oldest: 14 },
  "llvm-readelf": { need: "llvm", oldest: 14 },
  "qemu-system-aarch64": { need: "qemu", oldest: 7 },
  "qemu-system-x86_64": { need: "qemu-x86", oldest: 7 },
  "gdb-multiarch": { need: "gdb", oldest: 12, only: "run --gdb" },
  pip3: { need: "pip", oldest: 20, only: "--engine wasm3" },
} as const satisfies Record<string, Row>;

export type ToolName = keyof typeof TOOLS;
export const toolNames = Object.keys(TOOLS) as ToolName[];

/** A program that was found and is new enough. */
export interface Tool {
  path: string;
  /** As the program prints it, "19.1.7". */
  version: string;
}

/** What became of the search for a tool: `path` without `fit` is one that is too old. */
export interface Finding {
  name: ToolName;
  need: Need;
  fit: boolean;
  path?: string;
  version?: string;
  oldest: number;
  /** What alone wants it; without it all else works. */
  only: string | undefined;
}

const findings = new Map<ToolName, Finding>();

/**
 * Looks for a tool in PATH, once a process. The LLVM tools all come from one version: the best of LLVM_VERSIONS of
 * which every tool is there (`clang-19`, or the folder of a version, as Debian, Fedora and Homebrew have them), else
 * whatever goes by the plain names.
 */
export function lookFor(name: ToolName): Finding {
  const known = findings.get(name);
  if (known) return known;
  const { need, oldest, only }: Row = TOOLS[name];
  const path = need === "gdb" ? gdbPath(name) : LLVM_NEEDS.includes(need) ? llvmPath(name) : onPath(name);
  const version = path === undefined ? undefined : versionOf(path);
  const fit = version !== undefined && Number.parseInt(version, 10) >= oldest;
  const finding = { name, need, oldest, only, fit, path, version };
  findings.set(name, finding);
  return finding;
}

/** Forgets what was found: after an installation. */
export function forgetTools(): void {
  findings.clear();
  llvmVersion = undefined;
}

/** The tool, or an error that names it and the command that installs it. */
export function findTool(name: ToolName): Tool {
  return requireTools([name])[name];
}

/** All of the tools, or one error for the missing and the too old among them. */
export function requireTools<N extends ToolName>(names: readonly N[]): Record<N, Tool> {
  const all = names.map(lookFor);
  const bad = all.filter((finding) => !finding.fit);
  if (bad.length > 0) {
    const needs = new Set(bad.map((finding) => finding.need));
    throw new UserError(`${bad.map(describe).join(", ")}: ${installCommand(needs)}`);
  }
  return Object.fromEntries(all.map(({ name, path, version }) => [name, { path, version }])) as Record<N, Tool>;
}

/** "clang is missing", "qemu-system-aarch64 5.2.0 is too old (7 or newer is needed)". */
export function describe(finding: Finding): string {
  if (finding.path === undefined) return `${finding.name} is missing`;
  if (finding.version === undefined) return `${finding.path} does not run`;
  return `${finding.name} ${finding.version} is too old (${finding.oldest} or newer is needed)`;
}

/** Debian and its kin have a gdb for the host alone beside the one for all architectures. */
function gdbPath(name: ToolName): string | undefined {
  return onPath(name) ?? (hasApt() ? undefined : onPath("gdb"));
}

export const LLVM_NEEDS: readonly Need[] = ["clang", "lld", "llvm"];
const llvmTools = toolNames.filter((name) => LLVM_NEEDS.includes(TOOLS[name].need));

/** Where versions of LLVM live outside PATH: Debian, Fedora and Alpine, Homebrew on both kinds of Mac. */
const LLVM_FOLDERS = ["/usr/lib/llvm-N/bin", "/usr/lib64/llvmN/bin", "/usr/lib/llvmN/bin"].concat(
  ["/opt/homebrew/opt", "/usr/local/opt"].flatMap((opt) => [`${opt}/llvm@N/bin`, `${opt}/lld@N/bin`]),
);

let llvmVersion: number | "plain" | undefined;

function llvmPath(name: ToolName): string | undefined {
  llvmVersion ??= LLVM_VERSIONS.find((version) => llvmTools.every((tool) => ofVersion(tool, version))) ?? "plain";
  if (llvmVersion !== "plain") return ofVersion(name, llvmVersion);
  return onPath(name) ?? LLVM_VERSIONS.map((version) => ofVersion(name, version)).find(Boolean);
}

function ofVersion(name: ToolName, version: number): string | undefined {
  const folders = searchesSystem() ? LLVM_FOLDERS.map((folder) => folder.replace("N", String(version))) : [];
  return onPath(`${name}-${version}`) ?? folders.map((folder) => join(folder, name)).find(isProgram);
}

/** An empty PATH means: no tools. The fixed folders count only beside a real one. */
function searchesSystem(): boolean {
  return (process.env.PATH ?? "") !== "";
}

function onPath(command: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function versionOf(path: string): string | undefined {
  try {
    const text = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return /(?:version|LLD|pip|GNU gdb \(.*\)) (\d+(?:\.\d+)*)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}
