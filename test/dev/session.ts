/** `jh-inmate dev` on a project of its own, for tests that edit files and wait for what they see. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../scripts/root.ts";
import { folder } from "../cli/cli.ts";

const COMMAND = [process.execPath, join(packageRoot, "dist/cli.js")];
/** For one step; compiling takes its time on a busy machine. Milliseconds. */
const LIMIT = 50_000;

export class Dev {
  readonly dir: string;
  readonly #child: ChildProcess;
  readonly code: Promise<number | null>;
  /** What has come on both streams. */
  text = "";
  /** As it came. */
  raw = "";
  /** Where the next wait begins. */
  #from = 0;
  #news = () => {};

  constructor(dir: string, child: ChildProcess) {
    this.dir = dir;
    this.#child = child;
    const take = (bytes: Buffer) => {
      this.raw += bytes;
      this.text += stripVTControlCharacters(bytes.toString()).replaceAll("\r", "");
      this.#news();
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    this.code = new Promise((resolve) => child.on("close", resolve));
    onTestFinished(async () => {
      child.kill("SIGTERM");
      await this.code;
    });
  }

  put(name: string, text: string): Promise<void> {
    return writeFile(join(this.dir, name), text);
  }

  key(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits for text behind what was waited for before; gives what has come up to its end. */
  async sees(pattern: string | RegExp): Promise<string> {
    const found = () => {
      const rest = this.text.slice(this.#from);
      const index = typeof pattern === "string" ? rest.indexOf(pattern) : rest.search(pattern);
      if (index < 0) return undefined;
      const length = typeof pattern === "string" ? pattern.length : (pattern.exec(rest)?.[0].length ?? 0);
      this.#from += index + length;
      return rest.slice(0, index + length);
    };
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no ${pattern} in:\n${this.text.slice(this.#from)}`)), LIMIT);
      this.#news = () => {
        const text = found();
        if (text === undefined) return;
        clearTimeout(limit);
        this.#news = () => {};
        resolve(text);
      };
      this.#news();
    });
  }
}

export interface DevOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** "dev" if nothing is said. */
  readonly command?: string;
  /** On a terminal of its own, which util-linux' script makes. */
  readonly terminal?: boolean;
}

export async function startDev({
  files,
  args = [],
  command: name = "dev",
  terminal = false,
}: DevOptions): Promise<Dev> {
  const dir = await folder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  const command = [...COMMAND, name, dir, ...args];
  if (!terminal)
    return new Dev(dir, spawn(command[0] as string, command.slice(1), { stdio: ["ignore", "pipe", "pipe"] }));
  const child = spawn("script", ["-qfec", command.join(" "), "/dev/null"], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, TERM: "xterm", NO_COLOR: "" },
  });
  child.on("error", () => {
    throw new Error("this test needs script: apt-get install bsdutils");
  });
  return new Dev(dir, child);
}
