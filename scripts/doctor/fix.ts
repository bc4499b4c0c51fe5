import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { bestLlvm, hasApt, installCommand, isRoot, type Need, packagesFor } from "./install.ts";

const LISTS = "/var/lib/apt/lists";
const DAY = 24 * 3600 * 1000;

/**
 * Installs what is missing by apt, showing apt's own progress on stderr. An outdated package list is the usual reason
 * for a failure, so the lists are fetched first when they are a day old, and again before the one retry.
 */
export function installByApt(needs: ReadonlySet<Need>): void {
  if (!hasApt()) {
    throw new UserError(`cannot install on this system by itself, please run: ${installCommand(needs)}`);
  }
  if (listsAge() > DAY) apt(["update", "-q"]);
  if (install(needs)) return;
  process.stderr.write("doctor: apt-get failed, trying once more with fresh package lists\n");
  apt(["update", "-q"]);
  if (!install(needs)) throw new UserError(`apt-get could not install, please run: ${installCommand(needs)}`);
}

function install(needs: ReadonlySet<Need>): boolean {
  const packages = packagesFor(needs, ["debian"], bestLlvm());
  process.stderr.write(`doctor: installing ${packages.join(" ")} (apt-get)\n`);
  return apt(["install", "-y", "-q", "--no-install-recommends", ...packages]);
}

/** Runs apt-get as root. Without a terminal nobody could type sudo's password: it then fails instead of waiting. */
function apt(args: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const asRoot = isRoot() ? [] : ["sudo", ...(process.stdin.isTTY ? [] : ["-n"]), "DEBIAN_FRONTEND=noninteractive"];
  const [command, ...rest] = [...asRoot, "apt-get", ...args] as [string, ...string[]];
  return spawnSync(command, rest, { env: environment, stdio: ["inherit", 2, 2] }).status === 0;
}

/** Milliseconds since the package lists were fetched; infinite when there are none, as in a container image. */
function listsAge(): number {
  try {
    const lists = readdirSync(LISTS).filter((name) => name.includes("Packages"));
    const newest = Math.max(...lists.map((name) => statSync(join(LISTS, name)).mtimeMs));
    return Date.now() - Math.max(newest, lists.length > 0 ? statSync(LISTS).mtimeMs : -Infinity);
  } catch {
    return Infinity;
  }
}
