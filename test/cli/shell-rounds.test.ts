/** x86 cells that are started and shut down again and again, without being loaded anew and with. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { jhInmate } from "./cli.ts";

const ROUNDS = 20;

/** A session that goes on when the cell has said what is waited for. */
class Session {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #unread = "";

  constructor() {
    const args = [join(packageRoot, "dist/cli.js"), "shell", "--board", "qemu-x86"];
    this.#child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (bytes: Buffer) => {
      this.#unread += bytes.toString();
    });
    onTestFinished(() => void this.#child.kill());
  }

  say(...commands: string[]): void {
    for (const command of commands) this.#child.stdin.write(`jailhouse ${command}\n`);
  }

  /** Everything up to there. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#unread);
      if (found) {
        const end = found.index + found[0].length;
        const text = this.#unread.slice(0, end);
        this.#unread = this.#unread.slice(end);
        return text;
      }
      await once(this.#child.stdout, "data");
    }
  }

  /** Its exit code. */
  async end(): Promise<number | null> {
    this.#child.stdin.end();
    const [code] = await once(this.#child, "close");
    return code as number | null;
  }
}

interface Round {
  /** It has done its work, and can be shut down. */
  readonly done: RegExp;
  readonly shutdowns: number;
  /** The last of the round. */
  readonly over: RegExp;
  /** What each round prints at least. */
  readonly lines: readonly string[];
}

test.each<[demo: string, round: Round]>([
  [
    "apic-demo",
    {
      done: /Timer fired.*\n/,
      shutdowns: 2,
      over: /Stopped APIC demo\n/,
      lines: ["Calibrated TSC frequency", "Rejecting first shutdown request"],
    },
  ],
  [
    "smp-demo",
    {
      done: /Received IPI[\s\S]*Received IPI.*\n/,
      shutdowns: 1,
      over: /# jailhouse cell shutdown smp-demo\n/,
      lines: ["Found 2 other CPUs", "Hello from CPU"],
    },
  ],
])("%s runs each time", async (demo, { done, shutdowns, over, lines }) => {
  const built = await jhInmate(["build", `demos/${demo}`, "--board", "qemu-x86"]);
  expect(built.code, built.stderr).toBe(0);
  const load = `cell load ${demo} demos/${demo}/dist/qemu-x86/${demo}.bin`;
  const session = new Session();
  session.say("enable qemu-x86.cell", `cell create ${demo}.cell`, load);
  for (let round = 0; round < 2 * ROUNDS; round++) {
    if (round >= ROUNDS) session.say(load);
    session.say(`cell start ${demo}`);
    const ran = await session.until(done);
    for (let i = 0; i < shutdowns; i++) session.say(`cell shutdown ${demo}`);
    const text = ran + (await session.until(over));
    for (const line of lines) expect(text, `round ${round}`).toContain(line);
  }
  expect(await session.end()).toBe(0);
});
