import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../scripts/root.ts";
import { folder, startJhInmate } from "../cli/cli.ts";

/** A folder that plays a machine with Jailhouse, which `ssh` on PATH reaches. */
export interface StandIn {
  dir: string;
  /** Environment of the command under test. */
  env: NodeJS.ProcessEnv;
  /** Calls of ssh and jailhouse, in order. */
  calls(): Promise<string[]>;
  /** What the runs have left there. */
  leftOvers(): Promise<string[]>;
}

const KEPT = ["bin", "calls", "console", "path", "sys"];

export async function standIn(settings: NodeJS.ProcessEnv = {}, without: readonly string[] = []): Promise<StandIn> {
  const dir = await folder();
  for (const sub of ["bin", "path", "sys/cells/0"]) await mkdir(join(dir, sub), { recursive: true });
  for (const program of ["ssh", "id", "sudo", "jailhouse"]) {
    if (without.includes(program)) continue;
    const to = join(dir, program === "ssh" ? "path" : "bin", program);
    await copyFile(join(packageRoot, "test/ssh/stand-in", program), to);
    await chmod(to, 0o755);
  }
  await writeFile(join(dir, "sys/enabled"), "1\n");
  await writeFile(join(dir, "sys/cells/0/name"), "root\n");
  await writeFile(join(dir, "sys/cells/0/state"), "running\n");
  await writeFile(join(dir, "console"), "Initializing Jailhouse hypervisor\nPage pool usage\n");
  return {
    dir,
    env: { ...settings, STAND_IN: dir, PATH: `${join(dir, "path")}:${process.env.PATH}` },
    calls: async () => (await readFile(join(dir, "calls"), "utf8")).trimEnd().split("\n"),
    leftOvers: async () => {
      const [top, cells] = await Promise.all([readdir(dir), readdir(join(dir, "sys/cells"))]);
      return [
        ...top.filter((name) => !KEPT.includes(name) && !name.startsWith("stdin.")),
        ...cells.filter((name) => name !== "0"),
      ];
    },
  };
}

/** Runs an image of four bytes in the stock cell, on the stand-in. */
export async function startOn(target: StandIn, on: string, ...flags: string[]) {
  const image = join(await folder(), "tiny.bin");
  await writeFile(image, "code");
  return startJhInmate(["run", image, "--board", "qemu-arm64", "--on", on, ...flags], target.env);
}
