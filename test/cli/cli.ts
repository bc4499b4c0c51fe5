import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../scripts/root.ts";

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command, as a user does. */
export function jhInmate(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return startJhInmate(args, env).finished;
}

/** The built command while it runs: to send it signals. */
export function startJhInmate(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(packageRoot, "dist/cli.js"), ...args], {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (bytes) => {
    stdout += bytes;
  });
  child.stderr.on("data", (bytes) => {
    stderr += bytes;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished };
}

/** A folder that is gone after the test. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "jh-test-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

/** A shell script in a folder of its own; gives its path. */
export async function script(text: string): Promise<string> {
  const path = join(await folder(), "cmd.sh");
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}
