/** The built command, as npm starts it. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../root.ts";

const program = join(packageRoot, "scripts/create-jh-inmate/dist/create-jh-inmate.js");

/** A folder that is gone after the test. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "jh-create-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

export interface Created {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls it in that folder, without a terminal. */
export async function create(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Created> {
  return start(cwd, args, env).finished;
}

/** A conversation: what it asks, and the keys that are pressed then. */
export async function talk(
  cwd: string,
  args: readonly string[],
  keys: readonly (readonly [question: string, ...keys: string[]])[],
): Promise<Created> {
  const { child, screen, finished } = start(cwd, [...args, "--interactive"], {});
  for (const [question, ...strokes] of keys) {
    const end = performance.now() + 20_000;
    while (!screen().includes(question)) {
      if (child.exitCode !== null || performance.now() > end) throw new Error(`not asked: ${question}\n${screen()}`);
      await sleep(20);
    }
    for (const stroke of strokes) {
      child.stdin.write(stroke);
      // So that an escape sequence is not taken for several keys, nor several keys for one.
      await sleep(100);
    }
  }
  child.stdin.end();
  return finished;
}

export const key = { up: "\x1b[A", down: "\x1b[B", enter: "\r", escape: "\x1b", interrupt: "\x03" };

function start(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  // What npm says of itself in `npm test` is not meant.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: 40_000,
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (bytes) => (stdout += bytes));
  child.stderr.on("data", (bytes) => (stderr += bytes));
  const screen = () => stripVTControlCharacters(stdout);
  const finished = new Promise<Created>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout: screen(), stderr }));
  });
  return { child, screen, finished };
}
