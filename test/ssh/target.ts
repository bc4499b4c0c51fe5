import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "../../scripts/root.ts";
import { folder, startJhInmate } from "../cli/cli.ts";
import { type Sshd, startSshd } from "./sshd.ts";

/** A folder that plays a machine with Jailhouse; a real sshd on loopback leads into it. */
export interface StandIn {
  dir: string;
  sshd: Sshd;
  /** Goes on with other settings, as if another Jailhouse had been enabled meanwhile. */
  restart(settings: Record<string, string>): Promise<void>;
  /** Environment of the command under test. */
  env: NodeJS.ProcessEnv;
  /** Calls of ssh and jailhouse, in order. */
  calls(): Promise<string[]>;
  /** Of jailhouse cell create, load, … alone. */
  cellCalls(): Promise<string[]>;
  /** What the runs have left there: temporary files, and cells but the root cell. */
  leftOvers(): Promise<string[]>;
}

/** The machine that it plays. */
export interface Machine {
  /** As \`uname -m\` says. */
  machine?: "aarch64" | "x86_64" | "armv8l";
  rootCell?: string;
  /** Linux' list of CPUs. */
  cpus?: string;
  iomem?: readonly string[];
  /** Programs that it does not have. */
  without?: readonly string[];
}

const ARM64 = [
  "40000000-6fffffff : System RAM",
  "  6f100000-6fdfffff : reserved",
  "7fc00000-7fffffff : Jailhouse hypervisor",
];
const X86 = [
  "00100000-39ffffff : System RAM",
  "3a000000-3f1fffff : Reserved",
  "  3a000000-3a5fffff : Jailhouse hypervisor",
];

let tool: Promise<string> | undefined;

/** The stand-in of the tool in one file that Node runs. */
async function bundledTool(): Promise<string> {
  const entry = join(packageRoot, "test/ssh/stand-in/jailhouse.ts");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  return outputFiles[0]!.text;
}

export async function standIn(settings: Record<string, string> = {}, its: Machine = {}): Promise<StandIn> {
  const { machine = "aarch64", without = [] } = its;
  const isX86 = machine === "x86_64";
  const {
    rootCell = isX86 ? "QEMU-VM" : "qemu-arm64",
    cpus = isX86 ? "0-3" : "0-15",
    iomem = isX86 ? X86 : ARM64,
  } = its;
  const dir = await folder();
  const cell = "sys/devices/jailhouse/cells/0";
  for (const sub of ["bin", "tmp", "memory", "proc", "sys/devices/system/cpu", cell]) {
    await mkdir(join(dir, sub), { recursive: true });
  }
  for (const program of ["login", "id", "sudo", "uname", "dmesg", "jailhouse"]) {
    if (without.includes(program)) continue;
    const to = join(dir, "bin", program);
    await copyFile(join(packageRoot, "test/ssh/stand-in", program), to);
    await chmod(to, 0o755);
  }
  tool ??= bundledTool();
  await symlink(process.execPath, join(dir, "node"));
  const files = {
    "jailhouse.mjs": await tool,
    machine,
    "kernel.log": "[    0.000000] Linux\n",
    console: "Initializing Jailhouse hypervisor\nPage pool usage\n",
    "proc/iomem": iomem.map((line) => `${line}\n`).join(""),
    "sys/devices/system/cpu/present": `${cpus}\n`,
    "sys/devices/jailhouse/enabled": "1\n",
    [`${cell}/name`]: `${rootCell}\n`,
    [`${cell}/state`]: "running\n",
    [`${cell}/cpus_assigned_list`]: `${cpus}\n`,
    [`${cell}/cpus_failed_list`]: "\n",
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(dir, file), text);
  const start = (its: Record<string, string>) => startSshd(dir, join(dir, "bin/login"), { ...its, STAND_IN: dir });
  const sshd = await start(settings);
  const calls = async () => (await readFile(join(dir, "calls"), "utf8")).trimEnd().split("\n");
  return {
    dir,
    sshd,
    restart: async (other) => void (await start(other)),
    env: { PATH: `${join(dir, "path")}:${process.env.PATH}` },
    calls,
    cellCalls: async () => (await calls()).filter((call) => call.startsWith("cell ")),
    leftOvers: async () => {
      const [files, cells] = await Promise.all([
        readdir(join(dir, "tmp")),
        readdir(join(dir, "sys/devices/jailhouse/cells")),
      ]);
      return [...files, ...cells.filter((name) => name !== "0")];
    },
  };
}

/** Runs an image of four bytes in the stock cell, on the stand-in. */
export async function startOn(target: StandIn, ...flags: string[]) {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  const board = flags.includes("--board") ? [] : ["--board", "qemu-arm64"];
  const on = flags.includes("--on") ? [] : ["--on", "ssh:board"];
  return startJhInmate(["run", image, ...board, ...on, ...flags], target.env);
}
