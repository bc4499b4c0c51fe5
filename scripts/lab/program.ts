/** The program that reaches physical memory on the target (runtime/root/mem.c), made for its CPU: two files of C, some 2 KB of ELF. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { requireTools } from "../doctor/tools.ts";
import { packageRoot } from "../root.ts";

const run = promisify(execFile);

/** Machines it can be made for, as `uname -m` has them: each has a folder with its system calls. */
export const MACHINES = ["aarch64", "x86_64"] as const;
export type Machine = (typeof MACHINES)[number];

const FLAGS = [
  ...["-std=gnu11", "-Os", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-fno-pic", "-fno-stack-protector"],
  "-fno-asynchronous-unwind-tables",
];

export function isMachine(name: string): name is Machine {
  return (MACHINES as readonly string[]).includes(name);
}

export async function memProgram(machine: Machine): Promise<Uint8Array> {
  const { clang, "ld.lld": lld } = requireTools(["clang", "ld.lld"]);
  const folder = join(packageRoot, "runtime/root");
  const dir = await mkdtemp(join(tmpdir(), "jh-lab-"));
  const [object, program] = [join(dir, "mem.o"), join(dir, "mem")];
  try {
    const target = [`--target=${machine}-linux-gnu`, "-I", join(folder, machine)];
    await run(clang.path, [...target, ...FLAGS, "-c", join(folder, "mem.c"), "-o", object]);
    await run(lld.path, ["-static", "-s", "--build-id=none", "-z", "noexecstack", object, "-o", program]);
    return await readFile(program);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
