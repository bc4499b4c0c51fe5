import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The major versions of clang, lld and llvm that work, best first. */
export const LLVM_VERSIONS: readonly number[] = [19, 18, 17, 16, 15, 14];

/** What can be missing as a whole and is installed as a whole. */
export type Need = "clang" | "lld" | "llvm" | "qemu" | "qemu-x86" | "gdb" | "pip";

/** How a family of systems installs: its command and what it calls the things we need. */
interface Installer {
  /** Names in ID or ID_LIKE of /etc/os-release. */
  systems: readonly string[];
  command: string;
  packages: Readonly<Record<Need, string>>;
  /** Homebrew refuses to run as root, all others want it. */
  asRoot: boolean;
}

/** N is the version of LLVM. Where a package has no N the system carries one version only. */
const INSTALLERS: readonly Installer[] = [
  {
    systems: ["debian", "ubuntu"],
    command: "apt-get install -y",
    packages: {
      ...{ clang: "clang-N", lld: "lld-N", llvm: "llvm-N", gdb: "gdb-multiarch", pip: "python3-pip" },
      ...{ qemu: "qemu-system-arm", "qemu-x86": "qemu-system-x86" },
    },
    asRoot: true,
  },
  {
    systems: ["fedora", "rhel", "centos"],
    command: "dnf install -y",
    packages: {
      ...{ clang: "clang", lld: "lld", llvm: "llvm", gdb: "gdb", pip: "python3-pip" },
      ...{ qemu: "qemu-system-aarch64-core", "qemu-x86": "qemu-system-x86-core" },
    },
    asRoot: true,
  },
  {
    systems: ["arch"],
    command: "pacman -S --needed --noconfirm",
    packages: {
      ...{ clang: "clang", lld: "lld", llvm: "llvm", gdb: "gdb", pip: "python-pip" },
      ...{ qemu: "qemu-system-aarch64", "qemu-x86": "qemu-system-x86" },
    },
    asRoot: true,
  },
  {
    systems: ["alpine"],
    command: "apk add",
    packages: {
      ...{ clang: "clang", lld: "lld", llvm: "llvm", gdb: "gdb-multiarch", pip: "py3-pip" },
      ...{ qemu: "qemu-system-aarch64", "qemu-x86": "qemu-system-x86_64" },
    },
    asRoot: true,
  },
  {
    systems: ["darwin"],
    command: "brew install",
    packages: {
      ...{ clang: "llvm@N", lld: "lld@N", llvm: "llvm@N", gdb: "gdb", pip: "python" },
      ...{ qemu: "qemu", "qemu-x86": "qemu" },
    },
    asRoot: false,
  },
];

const NEEDS: readonly Need[] = ["clang", "lld", "llvm", "qemu", "qemu-x86", "gdb", "pip"];

/** What this system calls itself: its ID first, then the systems it is like. */
export function systemNames(): string[] {
  if (process.platform !== "linux") return [process.platform];
  try {
    const release = readFileSync("/etc/os-release", "utf8");
    const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(release)?.[1] ?? "";
    return `${field("ID")} ${field("ID_LIKE")}`.split(" ").filter(Boolean);
  } catch {
    return [];
  }
}

/** True on systems where `doctor --fix` can install by itself. */
export function hasApt(systems: readonly string[] = systemNames()): boolean {
  return installerFor(systems)?.command.startsWith("apt-get") ?? false;
}

/** The packages of a need, in the order of the README, each once. */
export function packagesFor(needs: ReadonlySet<Need>, systems: readonly string[] = systemNames(), llvm = 19): string[] {
  const installer = installerFor(systems);
  if (!installer) return [];
  const wanted = NEEDS.filter((need) => needs.has(need));
  return [...new Set(wanted.map((need) => installer.packages[need].replace("N", String(llvm))))];
}

/**
 * What to do about missing tools, to be put after "… is missing: ": the command of this system, or in words where we do
 * not know the system.
 */
export function installCommand(
  needs: ReadonlySet<Need>,
  { systems = systemNames(), root = isRoot(), llvm = hasLlvm(needs) ? bestLlvm(systems) : undefined } = {},
): string {
  const installer = installerFor(systems);
  if (!installer) {
    const words = [
      ...(hasLlvm(needs) ? ["clang, lld and llvm of one version from 14 to 19"] : []),
      ...(needs.has("qemu") || needs.has("qemu-x86") ? [`QEMU 7 or newer with ${qemuPrograms(needs)}`] : []),
      ...(needs.has("gdb") ? ["gdb 12 or newer for all architectures"] : []),
      ...(needs.has("pip") ? ["Python's pip 20 or newer"] : []),
    ];
    return `install ${words.join(" and ")}`;
  }
  const sudo = installer.asRoot && !root ? "sudo " : "";
  return `${sudo}${installer.command} ${packagesFor(needs, systems, llvm).join(" ")}`;
}

function qemuPrograms(needs: ReadonlySet<Need>): string {
  const programs = { qemu: "qemu-system-aarch64", "qemu-x86": "qemu-system-x86_64" } as const;
  return (["qemu", "qemu-x86"] as const)
    .filter((need) => needs.has(need))
    .map((need) => programs[need])
    .join(" and ");
}

/** The newest LLVM that the package lists of an apt system know, or 19 where that cannot be told. */
export function bestLlvm(systems: readonly string[] = systemNames()): number {
  const best = LLVM_VERSIONS[0] as number;
  if (!hasApt(systems)) return best;
  try {
    const names = execFileSync("apt-cache", ["pkgnames", "clang-"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const known = new Set(names.split("\n"));
    return LLVM_VERSIONS.find((version) => known.has(`clang-${version}`)) ?? best;
  } catch {
    return best;
  }
}

function hasLlvm(needs: ReadonlySet<Need>): boolean {
  return needs.has("clang") || needs.has("lld") || needs.has("llvm");
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function installerFor(systems: readonly string[]): Installer | undefined {
  const matches = systems.map((system) => INSTALLERS.find((installer) => installer.systems.includes(system)));
  return matches.find((installer) => installer !== undefined);
}
