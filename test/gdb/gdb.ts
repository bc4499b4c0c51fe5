import { execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { findTool } from "../../scripts/doctor/tools.ts";
import { packageRoot } from "../../scripts/root.ts";
import { type Finished, startJhInmate } from "../cli/cli.ts";

export interface Debugged {
  /** What gdb printed to each command. */
  answers: string[];
  run: Finished;
}

/**
 * Runs a program under gdb in batch mode, as a user does by hand: `run --gdb` tells how to connect. gdb then stops at the
 * program's beginning, and takes the commands from there on. Without a last `kill` it detaches.
 */
export async function debug(
  source: string,
  flags: readonly string[],
  commands: readonly string[],
  board = "qemu-arm64",
): Promise<Debugged> {
  const gdb = findTool("gdb-multiarch").path;
  const { child, finished } = startJhInmate(["run", source, "--board", board, "--gdb", ...flags]);
  const script = await connectScript(child.stderr);
  const separated = commands.flatMap((command) => ["-ex", "echo \\n==\\n", "-ex", command]);
  const stdout = await new Promise<string>((resolve) => {
    const args = ["-nx", "-batch", "-x", script, ...separated];
    execFile(gdb, args, { cwd: packageRoot, timeout: 40_000 }, (_, out, errors) => resolve(out + errors));
  });
  return { answers: stdout.split("\n==\n").slice(1), run: await finished };
}

/** The path in "  gdb-multiarch -x PATH". */
async function connectScript(stderr: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for (;;) {
    const [bytes] = (await once(stderr, "data")) as [Buffer];
    text += bytes;
    const path = /^ {2}\S+ -x (\S+)$/m.exec(text)?.[1];
    if (path !== undefined) return join(packageRoot, path);
  }
}

/** The functions of a backtrace, innermost first, with their lines. */
export function frames(backtrace: string): string[] {
  return [...backtrace.matchAll(/^#\d+ +(?:0x[0-9a-f]+ in )?(.*?)(?: \(.*?\))? at (.*)$|^#\d+ +(<signal.*>)$/gm)].map(
    ([, name, place, signal]) => signal ?? `${name} ${place}`,
  );
}
